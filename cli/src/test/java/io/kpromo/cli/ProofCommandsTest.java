// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.http.Kind;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `audit` and `diff`, where they are asked for signatures.
class ProofCommandsTest {
    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64", "linux/arm64").build();

    @TempDir
    Path folder;

    private SignedApp app;
    private String name;
    private String manifest;

    @BeforeEach
    void open() throws Exception {
        app = SignedApp.in(folder);
        name = app.registry.host() + "/prod/app";
        manifest = manifest();
        image.pushTo(app.registry, "staging/app", "build");
    }

    @AfterEach
    void close() {
        app.close();
    }

    private String manifest() throws IOException {
        return Files.writeString(folder.resolve("m.yaml"), """
                        registries:
                        - name: %1$s/staging
                          src: true
                        - name: %1$s/prod
                        images:
                        - name: app
                          dmap:
                            "%2$s": ["1.0"]
                        """.formatted(app.registry.host(), image.digest()))
                .toString();
    }

    private Ran audit(String... more) {
        return run("audit", more);
    }

    private Ran run(String command, String... more) {
        String[] words = new String[more.length + 3];
        words[0] = command;
        words[1] = "--manifest";
        words[2] = manifest;
        System.arraycopy(more, 0, words, 3, more.length);
        return kpromo(words);
    }

    @Test
    void auditReportsWhatIsUnsignedOnlyWhereItIsAsked() {
        image.pushTo(app.registry, "prod/app", "1.0");

        assertThat(audit().code()).isZero();
        Ran asked = audit("--key", app.publicKey.toString());
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.out())
                .isEqualTo("unproven: signature of " + name + "@" + image.digest()
                        + " is missing: no signature was found\nunproven: promotion record of " + name + "@"
                        + image.digest() + " is missing: no promotion record was found\n");
    }

    @Test
    void aDeepAuditLooksBelowIndexes() throws Exception {
        image.pushTo(app.registry, "prod/app", "1.0");
        app.sign("prod/app", name, image.digest());
        app.record("prod/app", name, image);

        assertThat(audit("--key", app.publicKey.toString()).code()).isZero();
        assertThat(audit("--key", app.publicKey.toString(), "--deep").out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("unproven: signature of "));

        app.sign("prod/app", name, image);
        Ran signed = audit("--key", app.publicKey.toString(), "--deep");
        assertThat(signed.out()).isEmpty();
        assertThat(signed.code()).as(signed.err()).isZero();
    }

    @Test
    void auditTellsWhatItCouldNotLookAtFromWhatIsMissing() {
        image.pushTo(app.registry, "prod/app", "1.0");
        app.registry.faults().add(Fault.on(Kind.REFERRERS).answers(403));

        assertThat(audit("--key", app.publicKey.toString(), "--output", "json").out())
                .contains("\"kind\": \"unproven\"")
                .contains("is unknown: ")
                .contains("403");
    }

    @Test
    void diffSaysWhatWouldBeSigned() throws Exception {
        Ran ran = run("diff", "--key", app.publicKey.toString());

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("Added:\n")
                .contains("Signed and recorded:\n  + " + name + "@" + image.digest()
                        + "\n      signature (tag), signature (bundle), promotion record\n      in " + name + "\n");
        assertThat(run("diff").out()).doesNotContain("Signed");
    }

    @Test
    void diffFailsWhereSignaturesCannotBeLookedAt() {
        image.pushTo(app.registry, "prod/app", "1.0");
        app.registry.faults().add(Fault.on(Kind.REFERRERS).answers(403));

        Ran ran = run("diff", "--key", app.publicKey.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("Signatures and records that could not be looked at:\n  ? " + name);
    }
}
