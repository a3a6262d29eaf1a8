// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.release.config.VersionReferences;
import io.kpromo.release.dependencies.Bump;
import io.kpromo.release.dependencies.Dependencies;
import io.kpromo.release.dependencies.Mismatch;
import io.kpromo.release.dependencies.ReleaseVersions;
import io.kpromo.release.dependencies.WorkingTree;
import io.kpromo.release.version.ImageTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The version in the entries of a file of dependencies that a release changes.
record BumpedReferences(ThisRelease release, VersionReferences references, StagedImages images)
        implements BumpStep.References {
    @Override
    public List<String> off() throws InterruptedException {
        Bump bump = bump();
        List<String> off = new ArrayList<>();
        bump.changes()
                .forEach(
                        change -> off.add(change.place() + ": " + change.after().strip()));
        bump.off().stream().map(Mismatch::toString).forEach(off::add);
        return off;
    }

    @Override
    public void write() throws InterruptedException {
        bump().write();
    }

    private Bump bump() throws InterruptedException {
        WorkingTree tree = WorkingTree.of(release.root());
        Dependencies dependencies = Dependencies.of(references.file(), tree);
        return Bump.of(references.file(), tree, ReleaseVersions.of(references, image(), dependencies));
    }

    /// The tag that the image has, or will have. Registries are asked only where it is written down somewhere.
    private ImageTag image() throws InterruptedException {
        boolean written = references.entries().stream()
                .anyMatch(entry -> entry.version()
                        .filter(v -> v.text().contains("imageTag"))
                        .isPresent());
        Optional<ImageTag> there = written ? images.newest() : Optional.empty();
        return there.orElseGet(() -> new ImageTag(release.version(), 0));
    }
}
