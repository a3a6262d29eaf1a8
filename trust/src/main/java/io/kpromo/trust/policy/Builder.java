// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.trust.Identity;
import java.util.List;

/// A builder that a policy takes.
///
/// @param id as SLSA provenance names it. Without an `@` it means every ref of that builder, with one exactly this
/// @param level SLSA build level that it reaches, 1 to 3
/// @param signers who may claim to be it; empty for every signer of the policy
public record Builder(String id, int level, List<Signer> signers) {
    /// The highest build level that there is (SLSA 1.0, "Build track").
    public static final int HIGHEST_LEVEL = 3;

    public Builder {
        signers = List.copyOf(signers);
        if (id.isEmpty()) {
            throw new InvalidPolicyException("the builder's id is empty; want what provenance names as its builder");
        }
        checkLevel(level);
    }

    static void checkLevel(int level) {
        if (level < 1 || level > HIGHEST_LEVEL) {
            throw new InvalidPolicyException("level " + level + " is no SLSA build level; want 1, 2 or 3");
        }
    }

    /// Whether provenance that names this builder means this one.
    boolean isCalled(String name) {
        return name.equals(id) || (id.indexOf('@') < 0 && name.startsWith(id + "@"));
    }

    boolean mayBeClaimedBy(Identity signer) {
        return signers.isEmpty() || signers.stream().anyMatch(listed -> listed.matches(signer));
    }
}
