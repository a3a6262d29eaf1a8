// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.oci.Digest;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.PolicyVerdict;
import java.util.List;
import java.util.Optional;

/// What was found for one digest: the image itself, or a manifest of its index.
///
/// @param name `image` for the root, else the platform: `linux/arm64`
/// @param evidence every signature and attestation, whatever it is worth
/// @param verdict of the policy on this digest; empty where there is no policy
public record DigestEvidence(String name, Digest digest, List<Evidence> evidence, Optional<PolicyVerdict> verdict) {
    public DigestEvidence {
        evidence = List.copyOf(evidence);
    }

    /// What the policy says where it is met.
    Optional<PolicyVerdict.Passed> passed() {
        return verdict.filter(PolicyVerdict.Passed.class::isInstance).map(PolicyVerdict.Passed.class::cast);
    }
}
