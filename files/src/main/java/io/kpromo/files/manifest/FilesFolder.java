// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.yaml.Inside;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The manifests in a folder.
final class FilesFolder {
    /// Folders below each other that are looked through.
    private static final int DEEPEST = 32;

    private FilesFolder() {}

    /// All files below the folder, in the order of their paths.
    static List<Path> every(Path folder, Problems problems) {
        Inside inside = Inside.of(folder, problems);
        try (Stream<Path> walk = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(path -> !Files.isDirectory(path))
                    .filter(inside::holds)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            problems.add(Place.of(folder.toString()), "cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    static boolean isYaml(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }
}
