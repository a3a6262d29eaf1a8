// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    @TempDir
    private Path folder;

    private Repository repository = new Repository(Path.of(""));

    @BeforeEach
    void tree() {
        repository = new Repository(folder);
    }

    @Test
    void everyPlaceThatIsOffIsListed() throws IOException {
        repository
                .with("go.mod", "module a\r\n\r\ngo 1.21.0\r\n")
                .with("Makefile", "GO ?= 1.22.6\n")
                .with("VERSION", "1.22.5\n")
                .with("empty", "")
                .with("dependencies.yaml", """
                        dependencies:
                        - name: golang
                          version: 1.22.6
                          refPaths:
                          - {path: go.mod, match: "^go \\\\d"}
                          - {path: Makefile, match: GO}
                          - {path: Makefile, match: RUST}
                          - {path: VERSION}
                          - {path: missing}
                          - {path: empty}
                        """);
        assertThat(repository.off(false))
                .containsExactly(
                        "Makefile: golang: has no line in which RUST is found, want 1.22.6 (dependencies.yaml:7:5)",
                        "VERSION:1: golang: found 1.22.5, want 1.22.6 (dependencies.yaml:8:5)",
                        "empty:1: golang: found nothing, want 1.22.6 (dependencies.yaml:10:5)",
                        "go.mod:3: golang: found 1.21.0, want 1.22.6 (dependencies.yaml:5:5)",
                        "missing: golang: does not exist, want 1.22.6 (dependencies.yaml:9:5)");
    }

    @Test
    void oneMatchingLineIsEnoughUnlessAllAreWanted() throws IOException {
        repository
                .with("a", "image: x:1.0\nimage: x:2.0\nother: 1.0\n")
                .with("b", "first 2.0\nsecond\n")
                .with(
                        "dependencies.yaml",
                        "dependencies:\n- {name: x, version: 2.0, refPaths: [{path: a, match: image}, {path: b}]}\n");
        assertThat(repository.off(false)).isEmpty();
        assertThat(repository.off(true))
                .containsExactly(
                        "a:1: x: found 1.0, want 2.0 (dependencies.yaml:2:38)",
                        "b: x: holds more than the version, want 2.0 (dependencies.yaml:2:63)");
    }

    @Test
    void filesOutsideAndFilesThatAreNoTextAreRefused() throws IOException {
        Path outside = Files.writeString(folder.resolveSibling(folder.getFileName() + "-outside"), "1.0");
        try {
            repository
                    .with("binary", new byte[] {'1', '.', '0', 0, 1})
                    .with("real/file", "v 1.0")
                    .with(
                            "dependencies.yaml",
                            "dependencies:\n- {name: x, version: 1.0, refPaths: [{path: binary}, {path: link}, {path:"
                                    + " inside}, {path: real}]}\n");
            Files.createSymbolicLink(folder.resolve("link"), outside);
            Files.createSymbolicLink(folder.resolve("inside"), Path.of("real/file"));
            assertThat(repository.off(false))
                    .satisfiesExactly(
                            binary -> assertThat(binary).startsWith("binary: x: is no text"),
                            link -> assertThat(link).startsWith("link: x: is a link out of the repository"),
                            real -> assertThat(real).startsWith("real: x: is no file"));
        } finally {
            Files.delete(outside);
        }
    }
}
