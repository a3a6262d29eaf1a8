// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders that are copied as a whole.
final class Folders {
    private Folders() {}

    /// Makes a folder the copy of another one.
    static void replace(Path folder, Path by) {
        try {
            for (Path old : Files.exists(folder) ? below(folder).reversed() : List.<Path>of()) {
                Files.delete(old);
            }
            for (Path file : below(by)) {
                Files.copy(file, folder.resolve(by.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
