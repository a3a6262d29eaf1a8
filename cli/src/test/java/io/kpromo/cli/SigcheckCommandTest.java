// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Feature;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigcheckCommandTest {
    private static final String PATH = "k8s-artifacts-prod/images/app";
    private static final String NAME = "registry.k8s.io/app";

    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64", "linux/arm64").build();

    @TempDir
    Path folder;

    private SignedApp app;

    @BeforeEach
    void open() throws Exception {
        app = new SignedApp(folder, options -> options.with(Feature.GOOGLE_LISTING));
        image.pushTo(app.registry, PATH, "1.0");
    }

    @AfterEach
    void close() {
        app.close();
    }

    private Ran sigcheck(Path key, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "sigcheck",
                "--key",
                key.toString(),
                "--canonical-registry",
                app.registry.host() + "/k8s-artifacts-prod",
                "--google-listing",
                app.registry.host().toString()));
        words.addAll(List.of(more));
        return kpromo(words.toArray(String[]::new));
    }

    @Test
    void whatIsMissingIsFoundWrittenAndFoundThere() throws Exception {
        Ran missing = sigcheck(app.publicKey);
        assertThat(missing.code()).as(missing.err()).isEqualTo(1);
        assertThat(missing.out())
                .contains(
                        "missing    missing   " + app.registry.host() + "/" + PATH + "@" + image.digest() + " (1.0)\n")
                .contains("signature of linux/amd64 ");

        Ran repaired = sigcheck(app.privateKey, "--confirm");
        assertThat(repaired.code()).as(repaired.err() + repaired.out()).isZero();
        assertThat(repaired.out()).contains("verified   verified  ");

        Ran again = sigcheck(app.publicKey);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out().lines())
                .as("neither signatures nor bundles are images")
                .hasSize(2);
        assertThat(kpromo(
                                "verify",
                                "--key",
                                app.publicKey.toString(),
                                "--require=signature,record",
                                app.registry.host() + "/" + PATH + ":1.0")
                        .code())
                .isZero();
    }

    @Test
    void oneSignatureBelowAnIndexThatIsMissingIsMissing() throws Exception {
        app.sign(PATH, NAME, image.digest());
        app.record(PATH, NAME, image);

        Ran missing = sigcheck(app.publicKey);
        assertThat(missing.out())
                .contains("missing    verified  ")
                .contains("signature of linux/amd64 ")
                .contains("signature of linux/arm64 ");
        assertThat(sigcheck(app.privateKey, "--confirm").code()).isZero();
    }

    @Test
    void aRepairOfWhatIsCompleteWritesNothing() throws Exception {
        app.sign(PATH, NAME, image);
        app.record(PATH, NAME, image);
        app.registry.resetCounts();

        assertThat(sigcheck(app.privateKey, "--confirm").code()).isZero();
        assertThat(app.registry.counts().byKind())
                .doesNotContainKeys(Kind.PUT_MANIFEST, Kind.PUT_TAG, Kind.POST_UPLOAD, Kind.PUT_BLOB);
    }

    @Test
    void theWindowTheLimitAndTheDayOfRecordsAreHeeded() throws Exception {
        app.sign(PATH, NAME, image);
        SampleImage.image().seed(8).build().pushTo(app.registry, "k8s-artifacts-prod/images/other", "1");

        assertThat(sigcheck(app.publicKey, "--from-days=9", "--to-days=8").out().lines())
                .hasSize(1);
        assertThat(sigcheck(app.publicKey, "--limit", "1").out().lines().filter(line -> line.contains("@")))
                .hasSize(1);
        assertThat(sigcheck(app.publicKey, "--attestations-since", "2999-01-01").out())
                .contains("verified   -         ");
        assertThat(sigcheck(app.publicKey, "--from-days=1", "--to-days=1").code())
                .isEqualTo(2);
        assertThat(sigcheck(app.publicKey, "--attestations-since", "soon").code())
                .isEqualTo(2);
    }

    @Test
    void whatCouldNotBeLookedAtIsNotRepaired() throws Exception {
        app.registry.faults().add(Fault.on(Kind.REFERRERS).answers(403));

        Ran ran = sigcheck(app.privateKey, "--confirm");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("unknown").contains("403");
        assertThat(app.registry.counts().byKind()).doesNotContainKeys(Kind.PUT_MANIFEST, Kind.PUT_TAG);
    }

    @Test
    void aRegistryThatDoesNotTellTimesWantsNames() throws Exception {
        try (SignedApp plain = SignedApp.in(Files.createDirectory(folder.resolve("plain")))) {
            image.pushTo(plain.registry, "app", "1.0");
            String repository = plain.registry.host() + "/app";

            Ran ran = kpromo(
                    "sigcheck",
                    "--key",
                    plain.publicKey.toString(),
                    "--canonical-registry",
                    plain.registry.host().toString());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("does not tell when images were uploaded")
                    .contains("name the images");

            assertThat(kpromo("sigcheck", "--key", plain.privateKey.toString(), "--confirm", repository + ":1.0")
                            .code())
                    .isZero();
        }
    }

    @Test
    void whoWouldSignAsSomebodyElseIsRefusedBeforeAnythingIsWritten() {
        app.registry.resetCounts();

        Ran ran = kpromo(
                "sigcheck",
                "--confirm",
                "--signer-account=me@example.com",
                "--certificate-identity=you@example.com",
                app.registry.host() + "/" + PATH + ":1.0");

        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains("refused").contains("me@example.com").contains("you@example.com");
        assertThat(app.registry.counts().total()).isZero();
    }

    @Test
    void theReportIsAPageWithAllRows() throws Exception {
        Path report = folder.resolve("report.html");

        Ran ran = sigcheck(app.publicKey, "--report", report.toString(), "--output", "json");

        assertThat(ran.out()).contains("\"proven\" : false").contains("\"platform\" : \"linux/amd64\"");
        assertThat(Files.readString(report))
                .contains("<h1>0 of 1 image is signed and recorded</h1>")
                .contains("class=\"missing\"")
                .contains("linux/arm64");
    }
}
