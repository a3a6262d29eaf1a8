// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.yaml.Inside;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problem;
import io.kpromo.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads a tree: for each project a file with its filestores, and a folder of files with files.
final class FilesTree {
    static final String FILESTORES = "filestores";
    static final String MANIFESTS = "manifests";
    private static final String MANIFEST = "filepromoter-manifest.yaml";

    private final Path root;
    private final Problems problems = new Problems();
    private final List<Problem> warnings = new ArrayList<>();
    private final List<FileManifest> manifests = new ArrayList<>();

    FilesTree(Path root) {
        this.root = root;
    }

    FileManifests read() {
        Inside inside = Inside.of(root, problems);
        for (String folder : List.of(FILESTORES, MANIFESTS)) {
            if (!Files.isDirectory(root.resolve(folder))) {
                problems.add(
                        Place.of(root.toString()),
                        "has no folder \"" + folder + "\"; a tree holds filestores/<project>/" + MANIFEST
                                + " and manifests/<project>/*.yaml");
            }
        }
        problems.throwIfAny();
        Path filestores = root.resolve(FILESTORES);
        if (inside.holds(filestores) && inside.holds(root.resolve(MANIFESTS))) {
            children(filestores).stream()
                    .filter(child -> Files.isDirectory(child) && inside.holds(child))
                    .forEach(child -> project(inside, child));
            withoutFilestores();
        }
        if (manifests.isEmpty() && problems.isEmpty()) {
            problems.add(Place.of(filestores.toString()), "holds no manifest; want filestores/<project>/" + MANIFEST);
        }
        problems.throwIfAny();
        Collisions.check(manifests, problems);
        problems.throwIfAny();
        return new FileManifests(manifests, warnings.stream().sorted().toList());
    }

    private void project(Inside inside, Path folder) {
        String name = String.valueOf(folder.getFileName());
        Path filestores = folder.resolve(MANIFEST);
        Path files = root.resolve(MANIFESTS).resolve(name);
        if (!Files.exists(filestores)) {
            warn(folder, "has no " + MANIFEST + "; the folder is passed over");
            return;
        }
        if (!Files.isDirectory(files)) {
            problems.add(Place.of(filestores.toString()), "has no files: the folder " + files + " does not exist");
            return;
        }
        if (!inside.holds(filestores) || !inside.holds(files)) {
            return;
        }
        Problems own = new Problems();
        FileManifestReader reader = new FileManifestReader(own);
        reader.filestores(filestores);
        for (Path file : FilesFolder.every(files, own)) {
            if (FilesFolder.isYaml(file)) {
                reader.files(file);
            } else {
                warn(file, "does not end in .yaml; it is passed over");
            }
        }
        reader.check(files);
        problems.addAll(own);
        if (own.isEmpty()) {
            manifests.add(reader.manifest(name));
        }
    }

    private void withoutFilestores() {
        for (Path folder : children(root.resolve(MANIFESTS))) {
            Path filestores = root.resolve(FILESTORES).resolve(String.valueOf(folder.getFileName()));
            if (Files.isDirectory(folder) && !Files.exists(filestores)) {
                warn(
                        folder,
                        "has no filestores: " + filestores.resolve(MANIFEST) + " does not exist; it is passed over");
            }
        }
    }

    private void warn(Path path, String text) {
        warnings.add(new Problem(Place.of(path.toString()), text));
    }

    /// Sorted, so that messages come in the same order everywhere.
    private List<Path> children(Path folder) {
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted().toList();
        } catch (IOException e) {
            problems.add(Place.of(folder.toString()), "cannot be read: " + e.getMessage());
            return List.of();
        }
    }
}
