// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.inspect;

import io.kpromo.trust.policy.Evidence;
import java.util.List;

/// Whether an image carries something that is required.
public sealed interface Answer {
    /// It does.
    ///
    /// @param evidence verified, by who is expected, about this image
    record Met(Evidence evidence) implements Answer {}

    /// It does not.
    ///
    /// @param why nothing that was found counts, or that there is nothing
    record Missing(List<String> why) implements Answer {
        public Missing {
            why = List.copyOf(why);
        }
    }

    /// Nobody knows: something could not be looked at, and in the rest it was not found.
    ///
    /// @param why what could not be looked at first, then why the rest does not count
    record Unknown(List<String> why) implements Answer {
        public Unknown {
            why = List.copyOf(why);
        }
    }

    default boolean isMet() {
        return this instanceof Met;
    }

    /// Why it is not met; empty where it is.
    default List<String> reasons() {
        return switch (this) {
            case Met _ -> List.of();
            case Missing(var why) -> why;
            case Unknown(var why) -> why;
        };
    }

    /// As reports have it: `verified`, `missing`, `unknown`.
    default String word() {
        return switch (this) {
            case Met _ -> "verified";
            case Missing _ -> "missing";
            case Unknown _ -> "unknown";
        };
    }
}
