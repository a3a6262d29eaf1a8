// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.oci.Digest;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.Location;
import io.kpromo.trust.policy.PolicyVerdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What was found for one digest: the image itself, or a manifest of its index.
///
/// @param name `image` for the root, else the platform: `linux/arm64`
/// @param evidence every signature and attestation, whatever it is worth
/// @param verdict of the policy on this digest; empty where there is no policy
public record DigestEvidence(String name, Digest digest, List<Evidence> evidence, Optional<PolicyVerdict> verdict) {
    public DigestEvidence {
        evidence = List.copyOf(evidence);
    }

    /// Attestations that the policy accepted, to be named in a summary.
    public List<Evidence> accepted() {
        return verdict.isPresent() && verdict.get() instanceof PolicyVerdict.Passed(int _, List<Evidence> accepted)
                ? accepted
                : List.of();
    }

    /// The manifests of those that refer to this digest, to be carried to production.
    public Set<Digest> carried() {
        return accepted().stream()
                .map(Evidence::where)
                .filter(Location.Referrer.class::isInstance)
                .map(where -> ((Location.Referrer) where).manifest())
                .collect(Collectors.toUnmodifiableSet());
    }
}
