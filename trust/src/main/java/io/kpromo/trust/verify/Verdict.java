// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Identity;
import java.time.Instant;
import java.util.Optional;

/// What became of one signature.
public sealed interface Verdict {
    /// It is right.
    ///
    /// @param signer whom it proves
    /// @param signedAt as a log or a timestamp authority proves it; empty where nobody does (keys without a log)
    record Verified(Identity signer, Optional<Instant> signedAt) implements Verdict {}

    /// It can be checked with nothing we have: a key that is not ours, a log or an authority nobody told us about.
    record Unverifiable(String why) implements Verdict {}

    /// It is wrong: changed, about something else, made outside the life of its certificate.
    record Failed(String why) implements Verdict {}
}
