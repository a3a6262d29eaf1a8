// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.release.config.SourcePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A working tree of a test.
record Repository(Path root) {
    private static final SourcePath FILE = new SourcePath("dependencies.yaml");

    Repository with(String path, String text) throws IOException {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Repository with(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return this;
    }

    String text(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    Dependencies dependencies() throws IOException {
        return Dependencies.of(Files.readAllBytes(root.resolve("dependencies.yaml")), "dependencies.yaml");
    }

    /// What is off, a line each.
    List<String> off(boolean strict) throws IOException {
        return Verification.of(dependencies(), WorkingTree.of(root), strict).stream()
                .map(Mismatch::toString)
                .toList();
    }

    Bump bump(Map<String, String> versions) {
        return Bump.of(FILE, WorkingTree.of(root), versions);
    }
}
