// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.manifest.FileManifests;
import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.plan.Validation;
import io.kpromo.yaml.InvalidInputException;
import io.kpromo.yaml.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// What checking manifests found, of images or of files.
///
/// @param noun what they hold: `digest` or `file`
/// @param contents how many of those
record Checked(List<Problem> errors, List<Problem> warnings, int manifests, String noun, long contents, long edges) {
    Checked {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /// @param paths one of either kind, or two of files
    static Checked of(List<Path> paths) throws InterruptedException {
        Path first = paths.getFirst();
        if (paths.size() == 2) {
            return files(() -> FileManifests.of(first, paths.getLast()));
        }
        if (Files.isDirectory(first) && FileManifests.isTree(first) && !Manifests.isThinTree(first)) {
            return files(() -> FileManifests.tree(first));
        }
        if (!Files.isDirectory(first) && FileManifests.isPart(first)) {
            throw new UsageException(first + " is one half of a manifest of files; name both:"
                    + " kpromo manifest validate FILESTORES.yaml FILES.yaml");
        }
        Validation found = Validation.of(first);
        return new Checked(
                found.errors(), found.warnings(), found.manifests(), "digest", found.digests(), found.edges());
    }

    private static Checked files(Supplier<FileManifests> reading) {
        try {
            FileManifests read = reading.get();
            return new Checked(List.of(), read.warnings(), read.all().size(), "file", read.files(), read.edges());
        } catch (InvalidInputException e) {
            return new Checked(e.problems(), List.of(), 0, "file", 0, 0);
        }
    }

    boolean isValid() {
        return errors.isEmpty();
    }
}
