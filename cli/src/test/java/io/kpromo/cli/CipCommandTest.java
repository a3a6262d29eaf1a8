// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CipCommandTest {
    private static final String NOWHERE = "sha256:0000000000000000000000000000000000000000000000000000000000000001";

    @TempDir
    Path folder;

    private Registry staging;
    private Registry mirror;
    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64", "linux/arm64").build();
    private final SampleImage other =
            SampleImage.image().platforms("linux/amd64").seed(7).build();

    @BeforeEach
    void start() throws IOException {
        staging = Registry.open(RegistryOptions.in(folder.resolve("staging")));
        mirror = Registry.open(RegistryOptions.in(folder.resolve("mirror")));
        image.pushTo(staging, "staging/app", "build");
        other.pushTo(staging, "staging/app", "other");
    }

    @AfterEach
    void stop() {
        staging.close();
        mirror.close();
    }

    @Test
    void withoutConfirmNothingIsWritten() throws IOException {
        Ran ran = kpromo("cip", "--manifest", manifest(image, "1.0"));
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("copy " + mirror.host() + "/prod/app:1.0@" + image.digest())
                .contains("dry run, nothing was written: 1 to copy");
        assertThat(tags(mirror)).isEmpty();
    }

    @Test
    void withConfirmTheMirrorHoldsWhatTheManifestSays() throws IOException {
        Ran ran = kpromo("cip", "--manifest=" + manifest(image, "1.0"), "--confirm", "--sign=false");
        assertThat(ran.err()).contains("done: 1 copied");
        assertThat(ran.code()).isZero();
        assertThat(tags(mirror)).isEqualTo("prod/app@" + image.digest() + ",prod/app:1.0\n");
        assertThat(mirror.audit()).isEmpty();
    }

    @Test
    void aSecondRunHasNothingToDo() throws IOException {
        String manifest = manifest(image, "1.0");
        kpromo("cip", "--manifest", manifest, "--confirm", "--sign=false");
        Ran ran = kpromo("cip", "--manifest", manifest, "--confirm", "--sign=false");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("nothing to do: 1 up to date");
    }

    @Test
    void aTagThatWouldMoveIsRefusedWithExitCodeThree() throws IOException {
        kpromo("cip", "--manifest", manifest(image, "1.0"), "--confirm", "--sign=false");
        Ran ran = kpromo("cip", "--manifest", manifest(other, "1.0"), "--confirm", "--sign=false");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err())
                .contains("error: " + folder.resolve("m.yaml") + ":8:81: tag move refused: " + mirror.host()
                        + "/prod/app:1.0")
                .contains("refused, nothing was written");
    }

    @Test
    void whatNobodyHoldsIsReportedAsLostAndFailsNothing() throws IOException {
        Ran ran = kpromo("cip", "--manifest", manifest(NOWHERE, "9"), "--confirm", "--sign=false");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("_LOST_").contains("backfill");
    }

    @Test
    void anImageOverTheSizeLimitIsRefused() throws IOException {
        SampleImage large =
                SampleImage.image().layers(1).layerSize(3 << 20).seed(3).build();
        large.pushTo(staging, "staging/app", "large");
        Ran ran = kpromo("cip", "--manifest", manifest(large, "1"), "--confirm", "--sign=false", "--max-image-size=2");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("--max-image-size allows 2");
        assertThat(tags(mirror)).isEmpty();
    }

    @Test
    void aRegistryThatDoesNotAnswerFailsWithItsName() throws IOException {
        String manifest = manifest(image, "1.0");
        mirror.close();
        Ran ran = kpromo("cip", "--manifest", manifest);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains(mirror.host().name());
    }

    @Test
    void errorsOfAManifestNameFileLineAndColumn() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "registries: []\nimage: []\n");
        Ran ran = kpromo("cip", "--manifest", file.toString(), "--parse-only");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("error: " + file + ":2:1: unknown key");
    }

    @Test
    void everyErrorOfAManifestIsALineOfItsOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "registries: 1\nimages: 2\nmore: 3\n");
        Ran ran = kpromo("cip", "--manifest", file.toString(), "--parse-only");
        assertThat(ran.err().lines()).hasSize(3).allMatch(line -> line.startsWith("error: " + file + ":"));
    }

    @Test
    void reportsSayTheSameToPeopleAndPrograms() throws IOException {
        Path html = folder.resolve("r.html");
        Path json = folder.resolve("r.json");
        kpromo(
                "cip",
                "--manifest",
                manifest(image, "1.0"),
                "--confirm",
                "--sign=false",
                "--report",
                html.toString(),
                "--report-json",
                json.toString());
        JsonNode report = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(report.at("/result").asString()).isEqualTo("done");
        assertThat(report.at("/edges/copied").asLong()).isEqualTo(1);
        assertThat(report.at("/matrix/destinations/0").asString()).isEqualTo(mirror.host() + "/prod");
        assertThat(report.at("/matrix/images/0/cells").asString()).isEqualTo("c");
        long counted = 0;
        for (JsonNode requests : report.at("/requests")) {
            counted += requests.at("/count").asLong();
        }
        assertThat(counted).isEqualTo(staging.counts().total() + mirror.counts().total());
        assertThat(Files.readString(html)).contains("Everything is in place").contains(mirror.host() + "/prod");
    }

    @Test
    void theSnapshotOfAMirrorIsWhatTheManifestsWantThere() throws IOException {
        String manifest = manifest(image, "1.0");
        kpromo("cip", "--manifest", manifest, "--confirm", "--sign=false");
        String held = kpromo("cip", "--snapshot", mirror.host() + "/prod").out();
        String wanted = kpromo("cip", "--manifest", manifest, "--manifest-based-snapshot-of", mirror.host() + "/prod")
                .out();
        assertThat(held).isEqualTo("- name: app\n  dmap:\n    \"" + image.digest() + "\": [\"1.0\"]\n");
        assertThat(held).isEqualTo(wanted);
    }

    @Test
    void aMinimalSnapshotLeavesOutChildrenOfIndexes() throws IOException, InterruptedException {
        try (Registry google = Registry.open(
                RegistryOptions.in(folder.resolve("google")).with(io.kpromo.registry.Feature.GOOGLE_LISTING))) {
            image.pushTo(google, "app", "1.0");
            String all = kpromo("cip", "--snapshot", google.host().name(), "--output=csv")
                    .out();
            String minimal = kpromo("cip", "--snapshot", google.host().name(), "--output=csv", "--minimal-snapshot")
                    .out();
            assertThat(all.lines()).hasSize(3);
            assertThat(minimal).isEqualTo("app@" + image.digest() + ",app:1.0\n");
        }
    }

    @Test
    void aShardsIndexComesFromTheJob() throws IOException {
        String manifest = manifest(image, "1.0");
        int edges = 0;
        for (String index : new String[] {"0", "1", "2"}) {
            Ran ran = kpromo(Map.of("JOB_COMPLETION_INDEX", index), "cip", "--manifest", manifest, "--shard-count=3");
            assertThat(ran.code()).isZero();
            edges += ran.err().contains("1 to copy") ? 1 : 0;
        }
        assertThat(edges).isEqualTo(1);
        assertThat(kpromo("cip", "--manifest", manifest, "--shard-count=3").code())
                .isEqualTo(2);
        assertThat(kpromo("cip", "--manifest", manifest, "--shard-index=1").code())
                .isEqualTo(2);
    }

    @Test
    void flagsThatExcludeEachOtherAreToldApart() throws IOException {
        String manifest = manifest(image, "1.0");
        assertThat(kpromo("cip").err()).contains("--manifest").contains("--thin-manifest-dir");
        assertThat(kpromo("cip", "--manifest", manifest, "--thin-manifest-dir", ".")
                        .code())
                .isEqualTo(2);
        assertThat(kpromo("cip", "--snapshot", "localhost", "--manifest", manifest)
                        .code())
                .isEqualTo(2);
        assertThat(kpromo("cip", "--manifest", manifest, "--threads=0").code()).isEqualTo(2);
        assertThat(kpromo("cip", "--manifest", manifest, "--qps=fast").code()).isEqualTo(2);
        assertThat(kpromo("cip", "--manifest", manifest, "--output=xml").code()).isEqualTo(2);
        assertThat(kpromo("cip", "--manifest", manifest, "--vuln-severity-threshold=6")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void everyRequestIsTraced() throws IOException {
        Path trace = folder.resolve("trace.jsonl");
        kpromo("cip", "--manifest", manifest(image, "1.0"), "--trace-requests", trace.toString());
        assertThat(Files.readAllLines(trace))
                .hasSize(staging.counts().total() + mirror.counts().total())
                .allMatch(line -> line.startsWith("{\"time\":"));
    }

    private String tags(Registry registry) {
        return kpromo("cip", "--snapshot", registry.host().name(), "--output=csv")
                .out();
    }

    private String manifest(SampleImage content, String tag) throws IOException {
        return manifest(content.digest().toString(), tag);
    }

    private String manifest(String digest, String tag) throws IOException {
        String text = """
                registries:
                - name: %s/staging
                  src: true
                - name: %s/prod
                images:
                - name: app
                  dmap:
                    "%s": ["%s"]
                """.formatted(staging.host(), mirror.host(), digest, tag);
        return Files.writeString(folder.resolve("m.yaml"), text).toString();
    }
}
