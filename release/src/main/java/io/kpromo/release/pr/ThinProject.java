// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.SourceFile;
import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.manifest.Registry;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.yaml.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The project of a thin tree whose images come from one staging registry.
///
/// @param name of its folders below `manifests` and `images`
record ThinProject(String name) {
    static final String MANIFEST = "promoter-manifest.yaml";

    /// Where all manifests are, below the folder of the tree.
    static final String MANIFESTS = "manifests";

    /// What looking for it gave.
    ///
    /// @param unreadable what is wrong with manifests that came before it
    record Found(Optional<ThinProject> project, List<String> unreadable) {}

    /// The first one whose source is exactly this registry. Manifests of other projects may be broken: that is
    /// theirs to mend.
    ///
    /// @param manifests in the order of a walk
    static Found of(RegistryName staging, List<SourceFile> manifests) {
        List<String> unreadable = new ArrayList<>();
        for (SourceFile manifest : manifests) {
            String[] parts = manifest.path().split("/", -1);
            boolean inPlace = parts.length >= 3 && parts[parts.length - 3].equals(MANIFESTS);
            if (!inPlace) {
                continue; // lies too high or too deep; validating says so
            }
            try {
                for (Registry registry : Manifests.registries(manifest.bytes(), manifest.path())) {
                    if (registry.source() && registry.name().equals(staging)) {
                        return new Found(Optional.of(new ThinProject(parts[parts.length - 2])), unreadable);
                    }
                }
            } catch (InvalidInputException e) {
                unreadable.add(e.problems().getFirst().toString());
            }
        }
        return new Found(Optional.empty(), unreadable);
    }

    /// Where its images are, below the folder of the tree.
    String imagesFile() {
        return "images/" + name + "/images.yaml";
    }
}
