// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.yaml.Inside;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problem;
import io.kpromo.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A tree of thin manifests: finds the projects, sees that nothing lies in a wrong place, reads them side by
/// side.
final class ThinTree {
    static final String MANIFESTS = "manifests";
    static final String IMAGES = "images";
    private static final String PROMOTER_MANIFEST = "promoter-manifest.yaml";
    private static final String IMAGES_FILE = "images.yaml";

    /// Folders below `manifests` that are looked through for manifests that lie too deep.
    private static final int DEEPEST = 16;

    /// One project's two files, and what reading them gave.
    private static final class Project {
        final String name;
        final Path manifest;
        final Path images;
        final Problems problems = new Problems();
        final ManifestReader reader = new ManifestReader(problems);

        Project(String name, Path manifest, Path images) {
            this.name = name;
            this.manifest = manifest;
            this.images = images;
        }

        void read() {
            reader.promoterManifest(manifest, manifest.toString());
            reader.imagesFile(images, images.toString());
        }

        PromoterManifest result() {
            return reader.manifest(name, manifest.toString(), images.toString());
        }

        long size() {
            try {
                return Files.size(images);
            } catch (IOException e) {
                return 0; // reading it will tell
            }
        }
    }

    private final Path root;
    private final Problems problems = new Problems();
    private final List<Problem> warnings = new ArrayList<>();
    private final List<Project> projects = new ArrayList<>();

    ThinTree(Path root) {
        this.root = root;
    }

    Manifests read() throws InterruptedException {
        Inside inside = Inside.of(root, problems);
        for (String folder : List.of(MANIFESTS, IMAGES)) {
            if (!Files.isDirectory(root.resolve(folder))) {
                problems.add(
                        Place.of(root.toString()),
                        "has no folder \"" + folder + "\"; a thin tree holds manifests/<project>/" + PROMOTER_MANIFEST
                                + " and images/<project>/" + IMAGES_FILE);
            }
        }
        problems.throwIfAny();
        find(inside);
        problems.throwIfAny();
        // The largest first: the others fill the time that it takes.
        List<Project> bySize = projects.stream()
                .sorted(Comparator.comparingLong(Project::size).reversed())
                .toList();
        Workers.run(bySize.stream().map(project -> (Runnable) project::read).toList());
        projects.forEach(project -> problems.addAll(project.problems));
        problems.throwIfAny();
        List<PromoterManifest> manifests =
                projects.stream().map(Project::result).toList();
        Policies.check(manifests, problems);
        problems.throwIfAny();
        return new Manifests(manifests, warnings.stream().sorted().toList());
    }

    private void find(Inside inside) {
        Path manifests = root.resolve(MANIFESTS);
        if (!inside.holds(manifests) || !inside.holds(root.resolve(IMAGES))) {
            return;
        }
        for (Path child : children(manifests)) {
            if (isNamed(child, PROMOTER_MANIFEST)) {
                misplaced(child);
            } else if (Files.isDirectory(child) && inside.holds(child)) {
                project(inside, child);
            }
        }
        if (projects.isEmpty() && problems.isEmpty()) {
            problems.add(
                    Place.of(manifests.toString()), "holds no manifest; want manifests/<project>/" + PROMOTER_MANIFEST);
        }
    }

    private void project(Inside inside, Path folder) {
        String name = String.valueOf(folder.getFileName());
        Path manifest = folder.resolve(PROMOTER_MANIFEST);
        Path images = root.resolve(IMAGES).resolve(name).resolve(IMAGES_FILE);
        for (Path child : children(folder)) {
            if (Files.isDirectory(child) && inside.holds(child)) {
                searchTooDeep(child, 2);
            }
        }
        if (!Files.exists(manifest)) {
            if (Files.isSymbolicLink(manifest)) {
                problems.add(Place.of(manifest.toString()), "is a link to nothing; mend or remove it");
            } else {
                warnings.add(new Problem(
                        Place.of(folder.toString()), "has no " + PROMOTER_MANIFEST + "; the folder is passed over"));
            }
        } else if (!Files.exists(images)) {
            problems.add(Place.of(manifest.toString()), "has no images: " + images + " does not exist; add it");
        } else if (inside.holds(manifest) && inside.holds(images)) {
            projects.add(new Project(name, manifest, images));
        }
    }

    private void searchTooDeep(Path folder, int depth) {
        for (Path child : children(folder)) {
            if (isNamed(child, PROMOTER_MANIFEST)) {
                misplaced(child);
            } else if (depth < DEEPEST && Files.isDirectory(child) && !Files.isSymbolicLink(child)) {
                searchTooDeep(child, depth + 1);
            }
        }
    }

    private void misplaced(Path manifest) {
        problems.add(
                Place.of(manifest.toString()),
                "lies in a wrong place; want manifests/<project>/" + PROMOTER_MANIFEST + ", one folder deep");
    }

    private static boolean isNamed(Path path, String name) {
        return String.valueOf(path.getFileName()).equals(name);
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
