// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.Policies;
import io.kpromo.images.manifest.PolicyFile;
import io.kpromo.images.manifest.PromoterManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The flags of what staging images have to prove before they are promoted.
final class StagingFlags {
    private Optional<Path> policy = Optional.empty();
    private boolean failFast;

    void describe(Flags flags) {
        flags.section("Checking")
                .file(
                        "--policy",
                        "FILE",
                        "Provenance policy for all projects whose manifest has none.",
                        file -> policy = Optional.of(file))
                .toggle(
                        "--fail-fast",
                        false,
                        "Promote nothing where one image is refused by policy.",
                        on -> failFast = on);
    }

    boolean failFast() {
        return failFast;
    }

    /// @throws io.kpromo.yaml.InvalidInputException when the file holds no policy, or manifests disagree
    Policies policies(List<PromoterManifest> manifests) {
        Policies own = Policies.of(manifests);
        return policy.map(PolicyFile::read).map(own::otherwise).orElse(own);
    }
}
