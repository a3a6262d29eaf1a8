// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.images.manifest.Registry;
import io.kpromo.oci.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryCopyTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @TempDir
    Path folder;

    @Test
    void onlyDestinationsMoveIntoAFolderOfTheBuild() throws Exception {
        Path manifest = written("canary.yaml", "canary.example/eu", "'canary.example/us/'");
        try (CanaryCopy copy = CanaryCopy.of(manifest, "1.0-abc")) {
            assertThat(copy.manifests()).singleElement().satisfies(read -> {
                assertThat(read.source().name()).hasToString("stage.example/app");
                assertThat(read.destinations())
                        .extracting(Registry::name)
                        .extracting(Object::toString)
                        .containsExactly("canary.example/eu/1.0-abc", "canary.example/us/1.0-abc");
            });
            assertThat(Files.readString(copy.path()))
                    .isEqualTo(Files.readString(manifest)
                            .replace("canary.example/eu", "canary.example/eu/1.0-abc")
                            .replace("canary.example/us", "canary.example/us/1.0-abc"));
        }
    }

    @Test
    void aFolderOfThinManifestsIsCopiedWhole() throws Exception {
        Path tree = folder.resolve("thin");
        Files.createDirectories(tree.resolve("manifests/app"));
        Files.createDirectories(tree.resolve("images/app"));
        String written = Files.readString(written("all.yaml", "canary.example/eu", "canary.example/us"));
        int images = written.indexOf("images:");
        Files.writeString(tree.resolve("manifests/app/promoter-manifest.yaml"), written.substring(0, images));
        Files.writeString(tree.resolve("images/app/images.yaml"), """
            - name: app
              dmap:
                "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": ["1.0"]
            """);
        Path left;
        try (CanaryCopy copy = CanaryCopy.of(tree, "b")) {
            left = copy.path();
            assertThat(copy.manifests())
                    .singleElement()
                    .satisfies(read -> assertThat(read.destinations())
                            .extracting(Registry::name)
                            .extracting(Object::toString)
                            .containsExactly("canary.example/eu/b", "canary.example/us/b"));
        }
        assertThat(left).doesNotExist();
    }

    @Test
    void aNameThatIsNotWrittenPlainlyIsToldByItsPlace() throws IOException {
        Path manifest = written("canary.yaml", "canary.example/eu", "\"canary.example\\/us\"");

        assertThatThrownBy(() -> CanaryCopy.of(manifest, "b"))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("canary.yaml:5:")
                .hasMessageContaining("plainly, as canary.example/us");
    }

    @Test
    void buildsThatCannotBeToldApartByTheirCommitAreToldApartByTheirTime() {
        String commit = "0123456789abcdef0123456789abcdef01234567";

        assertThat(CanaryRuns.build(new BuildInfo("1.2.0-rc.1", commit, "clean", ""), NOW))
                .isEqualTo("1.2.0-rc.1-0123456789ab");
        assertThat(CanaryRuns.build(new BuildInfo("1.2.0+X", commit, "dirty", ""), NOW))
                .isEqualTo("1.2.0-x-0123456789ab-1800000000000");
        assertThat(CanaryRuns.build(new BuildInfo("1.2.0", "unknown", "unknown", ""), NOW))
                .isEqualTo("1.2.0-unknown-1800000000000");
    }

    private Path written(String name, String one, String two) throws IOException {
        return Files.writeString(folder.resolve(name), """
            registries:
            - name: stage.example/app
              src: true
            - name: %s # the first
            - name: %s
            images:
            - name: app
              dmap:
                "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": ["1.0"]
            """.formatted(one, two));
    }
}
