// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.images.manifest.Manifests;
import io.kpromo.yaml.InvalidInputException;
import io.kpromo.yaml.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `manifest validate` says of image manifests: all that is wrong, what deserves a look, and what would be
/// promoted. Touches no network.
///
/// @param errors none where the manifests are valid
/// @param warnings of the manifests, and edges that stand there more than once
/// @param manifests that were read; this and the other counts are 0 where there are errors
/// @param digests in all of them, as often as they stand there
/// @param edges they amount to
public record Validation(List<Problem> errors, List<Problem> warnings, int manifests, long digests, long edges) {
    public Validation {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /// Validates a plain manifest (a file) or a thin tree (a folder).
    public static Validation of(Path path) throws InterruptedException {
        try {
            Manifests manifests = Files.isDirectory(path) ? Manifests.thinTree(path) : Manifests.plain(path);
            DesiredState desired = DesiredState.of(manifests.all());
            List<Problem> warnings = new ArrayList<>(manifests.warnings());
            warnings.addAll(desired.duplicates());
            return new Validation(List.of(), warnings, manifests.all().size(), manifests.digests(), desired.edges());
        } catch (InvalidInputException e) {
            return new Validation(e.problems(), List.of(), 0, 0, 0);
        }
    }

    public boolean isValid() {
        return errors.isEmpty();
    }
}
