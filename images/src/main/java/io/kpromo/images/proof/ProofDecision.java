// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import java.util.List;

/// What follows for the proof of one content.
public sealed interface ProofDecision {
    WantedProof wanted();

    /// These pieces are missing and will be made.
    ///
    /// @param missing in the order of writing, at least one
    record Prove(WantedProof wanted, List<Piece> missing) implements ProofDecision {
        public Prove {
            missing = List.copyOf(missing);
            if (missing.isEmpty()) {
                throw new IllegalArgumentException("where nothing is missing there is nothing to decide");
            }
        }
    }

    /// The content itself won't be in place after this run, or staging speaks against it: there is nothing to prove
    /// yet, and what keeps it away is reported by itself.
    record Waiting(WantedProof wanted) implements ProofDecision {}

    /// Nobody knows what is there, so nothing is written. The run fails in the end.
    ///
    /// @param why what the registry said
    record Unreadable(WantedProof wanted, String why) implements ProofDecision {}
}
