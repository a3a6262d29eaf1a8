// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.oci.Digest;
import java.util.Set;

/// What a look at the proof of one content has shown.
public sealed interface ProofState {
    /// @param pieces that were there, by the identity that is expected and about the production name
    /// @param referrers digests of all manifests that refer to the content, whoever put them there
    record Seen(Set<Piece> pieces, Set<Digest> referrers) implements ProofState {
        public Seen {
            pieces = Set.copyOf(pieces);
            referrers = Set.copyOf(referrers);
        }

        /// Nothing was there.
        public static Seen nothing() {
            return new Seen(Set.of(), Set.of());
        }
    }

    /// It could not be seen, which is not the same as not being there.
    ///
    /// @param why one line: what was asked and what the registry said
    record Unreadable(String why) implements ProofState {}
}
