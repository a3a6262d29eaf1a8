// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.audit;

import io.kpromo.images.check.Checked;
import io.kpromo.images.check.Promoted;
import io.kpromo.images.check.ProofCheck;
import io.kpromo.images.proof.DesiredProofs;
import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.WantedProof;
import io.kpromo.images.run.Inventory.Held;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.trust.inspect.Requirement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Signatures and records of what the manifests want, where it is in place: what is not there is missing as a
/// whole.
final class AuditedProofs {
    private static final int AT_ONCE = 32;

    private final ProofCheck check;
    private final DesiredProofs desired;
    private final Map<Repository, Map<Digest, String>> inPlace = new HashMap<>();

    AuditedProofs(ProofCheck check, DesiredProofs desired) {
        this.check = check;
        this.desired = desired;
    }

    void inPlace(Repository repository, List<Digest> digests, Map<Digest, Held> held) {
        Map<Digest, String> types = new HashMap<>();
        digests.forEach(digest -> types.put(
                digest,
                Optional.ofNullable(held.get(digest)).map(Held::mediaType).orElse("")));
        inPlace.put(repository, types);
    }

    /// @param deep whether what lies below an index is looked at too
    List<Finding> findings(boolean deep) throws InterruptedException {
        List<Promoted> wanted = new ArrayList<>();
        for (WantedProof proof : desired.all()) {
            Optional.ofNullable(
                            inPlace.getOrDefault(proof.repository(), Map.of()).get(proof.digest()))
                    .ifPresent(type -> wanted.add(new Promoted(
                            proof.repository(),
                            proof.digest(),
                            type,
                            proof.content().tags(),
                            Optional.empty(),
                            required(proof))));
        }
        List<Finding> findings = new ArrayList<>();
        for (Checked checked : check.check(wanted, deep, AT_ONCE)) {
            Repository repository = checked.image().repository();
            checked.failure()
                    .ifPresent(why -> findings.add(
                            new Finding.Unproven(repository, checked.image().digest(), "proof", "unknown", why)));
            for (Checked.OfManifest manifest : checked.manifests()) {
                manifest.answers().forEach((requirement, answer) -> {
                    if (!answer.isMet()) {
                        findings.add(new Finding.Unproven(
                                repository,
                                manifest.digest(),
                                requirement.words(),
                                answer.word(),
                                String.join("; ", answer.reasons())));
                    }
                });
            }
        }
        return findings;
    }

    private static Set<Requirement> required(WantedProof proof) {
        Set<Requirement> required = EnumSet.noneOf(Requirement.class);
        if (proof.pieces().stream().anyMatch(Piece::isSignature)) {
            required.add(Requirement.SIGNATURE);
        }
        if (proof.pieces().contains(Piece.RECORD)) {
            required.add(Requirement.RECORD);
        }
        return required;
    }
}
