// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder to work in, which goes away afterwards or stays.
///
/// @param stays whether it does
record Folder(Path path, boolean stays) implements AutoCloseable {
    static Folder temporary(String name) throws IOException {
        return new Folder(Files.createTempDirectory(name + "-"), false);
    }

    static Folder kept(Path path) throws IOException {
        return new Folder(Files.createDirectories(path).toRealPath(), true);
    }

    @Override
    public void close() throws IOException {
        if (stays) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(Folder::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
