// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.check;

import io.kpromo.images.plan.WantedContent;
import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.ProofDecision;
import io.kpromo.images.proof.Prover;
import io.kpromo.images.proof.SignatureFormat;
import io.kpromo.images.proof.WantedProof;
import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.trust.inspect.Answer;
import io.kpromo.trust.inspect.Requirement;
import io.kpromo.yaml.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Writes signatures and records that a check has found missing, with what is known without manifests: name and
/// digest. What could not be looked at is left alone, for it may be there.
public final class Repair {
    private static final Place NOWHERE = Place.of("sigcheck");

    private final Prover prover;
    private final SignatureFormat format;

    public Repair(Prover prover, SignatureFormat format) {
        this.prover = prover;
        this.format = format;
    }

    /// Images that have something missing that can be written.
    public static List<Checked> repairable(Collection<Checked> checked) {
        return checked.stream()
                .filter(image -> image.manifests().stream()
                        .anyMatch(manifest ->
                                manifest.answers().values().stream().anyMatch(Answer.Missing.class::isInstance)))
                .toList();
    }

    /// Repairs all, side by side; one that fails does not stop the others.
    ///
    /// @param atOnce images at the same time, 1 or more
    /// @return why an image could not be repaired; nothing for those that were
    public Map<Promoted, String> repair(Collection<Checked> images, int atOnce) throws InterruptedException {
        Map<Promoted, String> failures = new ConcurrentHashMap<>();
        Workers.each(images, atOnce, image -> {
            try {
                repair(image);
            } catch (OciException e) {
                failures.put(image.image(), String.valueOf(e.getMessage()));
            }
        });
        return failures;
    }

    /// Children before their parents, so that who looks at a parent alone is not misled.
    private void repair(Checked image) throws InterruptedException {
        for (Checked.OfManifest manifest : image.manifests().reversed()) {
            List<Piece> missing = missing(manifest);
            if (!missing.isEmpty()) {
                prover.prove(new ProofDecision.Prove(wanted(image, manifest, missing), missing), Optional.empty());
            }
        }
    }

    private List<Piece> missing(Checked.OfManifest manifest) {
        Set<Piece> pieces = EnumSet.noneOf(Piece.class);
        manifest.answers().forEach((requirement, answer) -> {
            if (answer instanceof Answer.Missing) {
                pieces.addAll(pieces(requirement));
            }
        });
        return new ArrayList<>(pieces);
    }

    private Set<Piece> pieces(Requirement requirement) {
        return switch (requirement) {
            case SIGNATURE -> format.pieces();
            case RECORD -> EnumSet.of(Piece.RECORD);
            case VSA, PROVENANCE -> Set.of();
        };
    }

    /// The image is its own source: nothing has to be carried from elsewhere.
    private static WantedProof wanted(Checked image, Checked.OfManifest manifest, List<Piece> missing) {
        Promoted promoted = image.image();
        WantedContent content = new WantedContent(
                manifest.digest(),
                List.of(promoted.repository()),
                promoted.tags(),
                NOWHERE,
                promoted.tags().stream().map(tag -> NOWHERE).toList());
        return new WantedProof(promoted.repository(), content, image.name(), Set.copyOf(missing), Optional.empty());
    }
}
