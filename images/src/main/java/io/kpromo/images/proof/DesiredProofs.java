// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.images.manifest.Image;
import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.manifest.Registry;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.plan.WantedContent;
import io.kpromo.images.plan.WantedRepository;
import io.kpromo.oci.Repository;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// All proof that registries shall hold: for each content one set, on its canonical destination, whatever the
/// number of mirrors.
public final class DesiredProofs {
    private final List<WantedProof> all;

    private DesiredProofs(List<WantedProof> all) {
        this.all = List.copyOf(all);
    }

    /// No proof is wanted: signing is off.
    public static DesiredProofs none() {
        return new DesiredProofs(List.of());
    }

    /// These, which somebody else found out: files in registries have no manifests of images.
    public static DesiredProofs of(List<WantedProof> all) {
        return new DesiredProofs(all);
    }

    /// Of a manifest's destinations those are canonical that lie in the canonical registry; where none does, its
    /// first.
    ///
    /// A content with a tag is signed; every content is recorded.
    ///
    /// @param manifests that say which destinations go together
    /// @param desired the contents, perhaps only some of those that stand in the manifests
    public static DesiredProofs of(List<PromoterManifest> manifests, DesiredState desired, ProofWishes wishes) {
        Set<Repository> canonical = canonical(manifests, wishes);
        List<WantedProof> all = new ArrayList<>();
        for (WantedRepository repository : desired.repositories()) {
            if (canonical.contains(repository.destination())) {
                String name = wishes.names().of(repository.destination());
                for (WantedContent content : repository.contents()) {
                    all.add(new WantedProof(
                            repository.destination(), content, name, pieces(content, wishes), Optional.empty()));
                }
            }
        }
        return new DesiredProofs(all);
    }

    private static Set<Repository> canonical(List<PromoterManifest> manifests, ProofWishes wishes) {
        Set<Repository> repositories = new HashSet<>();
        for (PromoterManifest manifest : manifests) {
            for (Registry registry : canonical(manifest, wishes)) {
                for (Image image : manifest.images()) {
                    repositories.add(registry.name().repository(image.name()));
                }
            }
        }
        return repositories;
    }

    private static List<Registry> canonical(PromoterManifest manifest, ProofWishes wishes) {
        List<Registry> within = manifest.destinations().stream()
                .filter(registry -> wishes.canonical().holds(registry.name()))
                .toList();
        return within.isEmpty() ? manifest.destinations().stream().limit(1).toList() : within;
    }

    private static Set<Piece> pieces(WantedContent content, ProofWishes wishes) {
        EnumSet<Piece> pieces = EnumSet.of(Piece.RECORD);
        if (!content.tags().isEmpty()) {
            pieces.addAll(wishes.format().pieces());
        }
        if (wishes.summaries()) {
            pieces.add(Piece.SUMMARY);
        }
        return pieces;
    }

    /// By repository and digest, each pair once.
    public List<WantedProof> all() {
        return all;
    }

    /// The same, each as this makes it.
    public DesiredProofs changed(UnaryOperator<WantedProof> change) {
        return new DesiredProofs(all.stream().map(change).toList());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }
}
