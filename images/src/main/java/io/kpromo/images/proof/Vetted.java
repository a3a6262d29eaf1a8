// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.trust.policy.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a content has proved in staging: what its summaries tell, and what is carried to production with it.
///
/// @param source where it was looked at
/// @param content what the content itself has proved
/// @param below what manifests below it have proved; those that are not named here, as much as the content
/// @param carried of the content and of manifests below it, the digests of what refers to them and was accepted
public record Vetted(Repository source, Proven content, Map<Digest, Proven> below, Map<Digest, Set<Digest>> carried) {
    /// @param passed false where a policy is violated that only warns
    /// @param level SLSA build level that a policy found proved; 0 where there is no policy
    /// @param accepted the attestations that a policy took for it: its own, those of its index, those of its
    ///     platforms
    public record Proven(boolean passed, int level, List<Evidence> accepted) {
        public Proven {
            accepted = List.copyOf(accepted);
        }

        /// No policy asked for anything.
        public static Proven nothing() {
            return new Proven(true, 0, List.of());
        }

        /// A policy is violated.
        public static Proven violated() {
            return new Proven(false, 0, List.of());
        }
    }

    public Vetted {
        below = Map.copyOf(below);
        carried = Map.copyOf(carried);
    }

    /// Nothing was asked for.
    public static Vetted withoutPolicy(Repository source) {
        return new Vetted(source, Proven.nothing(), Map.of(), Map.of());
    }

    /// What the content has proved, or a manifest below it.
    public Proven of(Digest manifest) {
        return below.getOrDefault(manifest, content);
    }
}
