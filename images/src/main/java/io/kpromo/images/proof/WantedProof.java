// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.images.plan.WantedContent;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Repository;
import java.util.Map;
import java.util.Set;

/// The proof that a content shall carry.
///
/// @param repository the canonical one, where it is kept
/// @param content that it is about
/// @param name the production name: the one users pull by
/// @param pieces that are wanted
/// @param attestations that the staging registry holds and that shall be here too: for the content, and for
///     manifests below it, the digests of what refers to them
public record WantedProof(
        Repository repository,
        WantedContent content,
        String name,
        Set<Piece> pieces,
        Map<Digest, Set<Digest>> attestations) {
    public WantedProof {
        pieces = Set.copyOf(pieces);
        attestations = Map.copyOf(attestations);
    }

    public Digest digest() {
        return content.digest();
    }

    /// The same, with these attestations.
    public WantedProof carrying(Map<Digest, Set<Digest>> accepted) {
        return new WantedProof(repository, content, name, pieces, accepted);
    }

    public ImageReference reference() {
        return repository.at(content.digest());
    }
}
