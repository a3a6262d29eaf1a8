// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.sample.SampleTree;
import io.kpromo.yaml.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidationTest {
    private static final String REGISTRIES = "registries: [{name: gcr.io/s, src: true}, {name: gcr.io/d}]\n";

    @TempDir
    private Path folder;

    @Test
    void aTreeIsCounted() throws Exception {
        SampleTree.small().write(folder);
        Validation validation = Validation.of(folder);
        assertThat(validation.isValid()).isTrue();
        assertThat(validation.warnings()).isEmpty();
        assertThat(validation.manifests()).isEqualTo(5);
        assertThat(validation.digests()).isEqualTo(60 + 4 * 12);
        assertThat(validation.edges()).isGreaterThan(60 * 6);
    }

    @Test
    void aPlainManifestIsCountedAndItsDuplicatesAreWarnings() throws Exception {
        String digest = "\"sha256:" + "a".repeat(64) + "\": [x]";
        Path file = Files.writeString(
                folder.resolve("m.yaml"),
                REGISTRIES + "images:\n- {name: a, dmap: {" + digest + "}}\n- {name: a, dmap: {" + digest + "}}\n");
        Validation validation = Validation.of(file);
        assertThat(validation.isValid()).isTrue();
        assertThat(validation.warnings())
                .extracting(Problem::toString)
                .containsExactly(file + ":4:96: gcr.io/d/a:x is wanted here once more; kept is " + file + ":3:96");
        assertThat(validation.edges()).isEqualTo(1);
    }

    @Test
    void errorsOfReadingAndOfOverlapsAreListed() throws Exception {
        Path file = Files.writeString(folder.resolve("m.yaml"), REGISTRIES + "images: [{name: A}, {name: B}]\n");
        assertThat(Validation.of(file).errors()).hasSize(4);
        Files.writeString(
                file,
                REGISTRIES + "images: [{name: a, dmap: {sha256:" + "a".repeat(64) + ": [x], sha256:" + "b".repeat(64)
                        + ": [x]}}]\n");
        assertThat(Validation.of(file).errors()).singleElement().asString().contains("overlapping edges: gcr.io/d/a:x");
        assertThat(Validation.of(file).isValid()).isFalse();
    }
}
