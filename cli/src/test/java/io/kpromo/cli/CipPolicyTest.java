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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kpromo cip` with two projects, one of which has to prove where its images come from and cannot.
class CipPolicyTest {
    private static final String POLICY = """
            provenance:
              mode: require
              signers:
              - sigstore::https://accounts.google.com::builder@example.com
              builders:
              - id: https://example.com/builder
                level: 3
            """;

    @TempDir
    private Path folder;

    private Registry staging;
    private Registry mirror;

    @BeforeEach
    void open() throws IOException {
        staging = Registry.open(RegistryOptions.in(folder.resolve("staging")));
        mirror = Registry.open(RegistryOptions.in(folder.resolve("mirror")));
        project("strict", POLICY, 1);
        project("easy", "", 2);
    }

    @AfterEach
    void close() {
        staging.close();
        mirror.close();
    }

    private void project(String name, String policy, int seed) throws IOException {
        SampleImage image = SampleImage.image().seed(seed).build();
        image.pushTo(staging, name + "/app", "build");
        write("manifests/" + name + "/promoter-manifest.yaml", """
                registries:
                - name: %s/%s
                  src: true
                - name: %s/prod/%s
                %s""".formatted(
                        staging.host(), name, mirror.host(), name, policy));
        write("images/" + name + "/images.yaml", """
                - name: app
                  dmap:
                    "%s": ["1.0"]
                """.formatted(image.digest()));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("tree").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private Ran cip(String... more) {
        List<String> words = new ArrayList<>(
                List.of("cip", "--thin-manifest-dir", folder.resolve("tree").toString(), "--sign=false"));
        words.addAll(Arrays.asList(more));
        return kpromo(words.toArray(String[]::new));
    }

    @Test
    void anImageThatViolatesItsPolicyIsLeftAloneAndTheOthersArePromoted() throws IOException {
        Ran ran = cip("--confirm");
        assertThat(ran.code()).as(ran.err()).isEqualTo(3);
        assertThat(ran.err()).contains(staging.host() + "/strict/app@sha256:").contains("refused");
        assertThat(mirror.folder().repositories()).containsExactly("prod/easy/app");
    }

    @Test
    void withFailFastNothingIsPromoted() throws IOException {
        Ran ran = cip("--confirm", "--fail-fast");
        assertThat(ran.code()).as(ran.err()).isEqualTo(3);
        assertThat(ran.err()).contains("refused, nothing was written");
        assertThat(mirror.folder().repositories()).isEmpty();
    }

    @Test
    void aDryRunTellsTheVerdictOfEachImage() throws IOException {
        Ran ran = cip();
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err())
                .contains("/strict/app@sha256:")
                .contains("1 to copy")
                .contains("1 refused");
        assertThat(mirror.folder().repositories()).isEmpty();
    }

    @Test
    void aPolicyInAFileIsForAllProjectsThatHaveNone() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Ran ran = cip("--confirm", "--policy", file.toString());
        assertThat(ran.code()).as(ran.err()).isEqualTo(3);
        assertThat(mirror.folder().repositories()).isEmpty();
    }
}
