// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.images.manifest.RegistryName;

/// What proof is wanted, and where.
///
/// @param canonical the registry that keeps it: destinations at or below this name
/// @param names the production names
/// @param format of signatures
/// @param summaries whether verification summaries are wanted too
public record ProofWishes(RegistryName canonical, ProductionNames names, SignatureFormat format, boolean summaries) {
    /// The registry that keeps proof where nobody says otherwise.
    public static final String CANONICAL = "us-central1-docker.pkg.dev";

    public static ProofWishes standard() {
        return new ProofWishes(RegistryName.parse(CANONICAL), ProductionNames.standard(), SignatureFormat.BOTH, false);
    }

    public ProofWishes withCanonical(RegistryName registry) {
        return new ProofWishes(registry, names, format, summaries);
    }

    public ProofWishes withNames(ProductionNames map) {
        return new ProofWishes(canonical, map, format, summaries);
    }

    public ProofWishes withFormat(SignatureFormat other) {
        return new ProofWishes(canonical, names, other, summaries);
    }

    public ProofWishes withSummaries(boolean wanted) {
        return new ProofWishes(canonical, names, format, wanted);
    }
}
