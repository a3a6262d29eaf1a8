// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What logs or timestamp authorities say of a signature.
///
/// @param known how many of those who say something the trusted root names; all of them are right
/// @param moments that they prove it existed at
/// @param stranger somebody else who says something, if there is one
record Evidence(int known, List<Instant> moments, Optional<String> stranger) {
    Evidence {
        moments = List.copyOf(moments);
    }

    Evidence or(Evidence other) {
        return stranger.isPresent() ? this : other;
    }

    /// What to say where this is not enough: strangers may well have said what is missing.
    Refusal missing(String what) {
        return stranger.map(who -> Refusal.unverifiable(what + ", only " + who + ", which it does not name"))
                .orElseGet(() -> Refusal.failed(what));
    }
}
