// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import java.util.List;

/// Signatures and records.
///
/// @param complete images for which nothing was missing
/// @param others all others
public record Proofs(long complete, List<Proof> others) {
    public Proofs {
        others = List.copyOf(others);
    }

    /// Signing is off, or nothing is wanted.
    public static Proofs none() {
        return new Proofs(0, List.of());
    }

    public boolean isNone() {
        return complete == 0 && others.isEmpty();
    }

    public long count(Proof.State state) {
        return others.stream().filter(proof -> proof.state() == state).count();
    }
}
