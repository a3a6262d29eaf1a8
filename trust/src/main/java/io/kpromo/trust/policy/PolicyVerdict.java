// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.oci.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a policy says of an image.
public sealed interface PolicyVerdict {
    /// It does what the policy asks.
    ///
    /// @param level SLSA build level that was reached; of an index that passes by its platforms the lowest of
    ///     theirs
    /// @param accepted the attestations of this very digest that count: provenance, and predicates that are asked
    ///     for
    /// @param platforms what those of its platforms prove that an index passes by; empty where it passes by itself
    record Passed(int level, List<Evidence> accepted, Map<Digest, Share> platforms) implements PolicyVerdict {
        public Passed {
            accepted = List.copyOf(accepted);
            platforms = Collections.unmodifiableMap(new LinkedHashMap<>(platforms));
        }

        /// By itself.
        public Passed(int level, List<Evidence> accepted) {
            this(level, accepted, Map.of());
        }
    }

    /// What one platform gives to the index that passes by it.
    ///
    /// @param level SLSA build level that it proves; that of the index where the index proves one by itself
    /// @param accepted the attestations of the platform that count
    record Share(int level, List<Evidence> accepted) {
        public Share {
            accepted = List.copyOf(accepted);
        }
    }

    /// It does not.
    ///
    /// @param violations one or more
    record Violated(List<Violation> violations) implements PolicyVerdict {
        public Violated {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("a violation has a reason");
            }
        }
    }

    default boolean passes() {
        return this instanceof Passed;
    }
}
