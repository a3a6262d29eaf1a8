// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import java.util.List;

/// What a policy says of an image.
public sealed interface PolicyVerdict {
    /// It does what the policy asks.
    ///
    /// @param level SLSA build level that was reached; of an index that passes by its platforms the lowest of
    ///     theirs
    /// @param accepted the attestations of this very digest that count: provenance, and predicates that are asked
    ///     for
    record Passed(int level, List<Evidence> accepted) implements PolicyVerdict {
        public Passed {
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
