// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.registry.sample.SampleImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever can write to a registry can write into annotations that our key has signed. Who verifies believes
/// signatures alone.
class ForgedAnnotationsTest {
    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64").layers(1).build();

    @TempDir
    private Path folder;

    private SignedApp app;
    private String name;

    @BeforeEach
    void open() throws Exception {
        app = SignedApp.in(folder);
        name = app.registry.host() + "/prod/app";
        image.pushTo(app.registry, "prod/app", "1.0");
        app.forge("prod/app", name, image);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void verifyBelievesNone() {
        Ran ran = kpromo("verify", "--key", app.publicKey.toString(), "--require=signature,record", name + ":1.0");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("its signature is not that of the key that it names: it was changed")
                .contains("record: missing");
    }

    @Test
    void sigcheckBelievesNone() {
        Ran ran = kpromo("sigcheck", "--key", app.publicKey.toString(), name + ":1.0");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("missing    missing   ").contains("signature of linux/amd64 ");
    }

    @Test
    void auditBelievesNoneOfTheImageAndNoneBelowIt() throws Exception {
        Path manifest = Files.writeString(folder.resolve("m.yaml"), """
                registries: [{name: %1$s/staging, src: true}, {name: %1$s/prod}]
                images: [{name: app, dmap: {"%2$s": ["1.0"]}}]
                """.formatted(app.registry.host(), image.digest()));
        Ran ran = kpromo("audit", "--manifest", manifest.toString(), "--deep", "--key", app.publicKey.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out().lines())
                .filteredOn(line -> line.startsWith("unproven: "))
                .hasSize(3);
    }
}
