// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.images.plan.WantedContent;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Repository;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The proof that a content shall carry.
///
/// @param repository the canonical one, where it is kept
/// @param content that it is about
/// @param name the production name: the one users pull by
/// @param pieces that are wanted
/// @param vetted what the check of staging came to; empty where nobody asked for one
public record WantedProof(
        Repository repository, WantedContent content, String name, Set<Piece> pieces, Optional<Vetted> vetted) {
    public WantedProof {
        pieces = Set.copyOf(pieces);
    }

    public Digest digest() {
        return content.digest();
    }

    /// Attestations that the staging registry holds and that shall be here too: for the content, and for manifests
    /// below it, the digests of what refers to them.
    public Map<Digest, Set<Digest>> attestations() {
        return vetted.map(Vetted::carried).orElse(Map.of());
    }

    /// Where it was promoted from.
    public Repository source() {
        return vetted.map(Vetted::source).orElse(content.sources().getFirst());
    }

    /// The same, after a look at staging.
    public WantedProof with(Vetted found) {
        return new WantedProof(repository, content, name, pieces, Optional.of(found));
    }

    /// The same, without a summary: there is nothing left that it could be about.
    public WantedProof withoutSummary() {
        Set<Piece> others = EnumSet.noneOf(Piece.class);
        others.addAll(pieces);
        others.remove(Piece.SUMMARY);
        return new WantedProof(repository, content, name, others, vetted);
    }

    public ImageReference reference() {
        return repository.at(content.digest());
    }
}
