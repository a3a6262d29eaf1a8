// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.images.proof.Vetted;
import io.kpromo.images.proof.Vetted.Proven;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.Location;
import io.kpromo.trust.policy.PolicyVerdict.Passed;
import io.kpromo.trust.policy.PolicyVerdict.Share;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// From what was found to what proof tells of it.
///
/// An index that passes by its platforms stands on what they have attested, and a platform that passes only as a
/// part of its index stands on what the index has attested: the index names it by its digest.
///
/// @param digests the image first
record Vetting(Repository source, List<DigestEvidence> digests) {
    Vetted vetted() {
        DigestEvidence root = digests.getFirst();
        if (root.verdict().isEmpty()) {
            return Vetted.withoutPolicy(source);
        }
        Map<Digest, Proven> below = new HashMap<>();
        Map<Digest, Set<Digest>> carried = new HashMap<>();
        for (DigestEvidence one : digests) {
            proven(one, root).ifPresent(proven -> below.put(one.digest(), proven));
            Set<Digest> referrers = referrers(one, root);
            if (!referrers.isEmpty()) {
                carried.put(one.digest(), referrers);
            }
        }
        return new Vetted(source, proven(root, root).orElseGet(Proven::violated), below, carried);
    }

    /// By itself, or as a part of the index. Empty where it is neither.
    private static Optional<Proven> proven(DigestEvidence one, DigestEvidence root) {
        return one.passed()
                .map(Vetting::proven)
                .or(() -> share(one, root).map(share -> {
                    Passed whole = root.passed().orElseThrow();
                    return new Proven(true, share.level(), together(share.accepted(), whole.accepted()));
                }));
    }

    private static Proven proven(Passed passed) {
        Set<Evidence> accepted = new LinkedHashSet<>(passed.accepted());
        passed.platforms().values().forEach(share -> accepted.addAll(share.accepted()));
        return new Proven(true, passed.level(), List.copyOf(accepted));
    }

    private static Optional<Share> share(DigestEvidence one, DigestEvidence root) {
        return root.passed()
                .flatMap(passed -> Optional.ofNullable(passed.platforms().get(one.digest())));
    }

    private static List<Evidence> together(Collection<Evidence> some, Collection<Evidence> others) {
        Set<Evidence> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    /// What was accepted of it and refers to it; what lies under a tag is not carried.
    private static Set<Digest> referrers(DigestEvidence one, DigestEvidence root) {
        Set<Digest> referrers = new HashSet<>();
        together(
                        one.passed().map(Passed::accepted).orElse(List.of()),
                        share(one, root).map(Share::accepted).orElse(List.of()))
                .forEach(evidence -> {
                    if (evidence.where() instanceof Location.Referrer(Digest manifest)) {
                        referrers.add(manifest);
                    }
                });
        return referrers;
    }
}
