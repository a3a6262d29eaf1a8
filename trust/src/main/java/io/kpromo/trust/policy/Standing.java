// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.trust.Identity;
import io.kpromo.trust.verify.Verdict;
import java.time.Instant;
import java.util.Optional;

/// How far something that was found can be trusted.
public sealed interface Standing {
    /// Its signature is right.
    ///
    /// @param signedAt as a log or a timestamp authority proves it; empty where nobody does
    record Verified(Identity signer, Optional<Instant> signedAt) implements Standing {}

    /// Nobody signed it.
    record Unsigned() implements Standing {}

    /// It can be checked with nothing we have.
    record Unverifiable(String why) implements Standing {}

    /// It is wrong, or can't be read.
    record Failed(String why) implements Standing {}

    static Standing of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Verified(var signer, var signedAt) -> new Verified(signer, signedAt);
            case Verdict.Unverifiable(var why) -> new Unverifiable(why);
            case Verdict.Failed(var why) -> new Failed(why);
        };
    }

    /// As reports have it.
    default String word() {
        return switch (this) {
            case Verified _ -> "verified";
            case Unsigned _ -> "unsigned";
            case Unverifiable _ -> "unverifiable";
            case Failed _ -> "failed";
        };
    }

    /// Why it is not verified; empty where it is.
    default Optional<String> reason() {
        return switch (this) {
            case Verified _ -> Optional.empty();
            case Unsigned _ -> Optional.of("it is not signed");
            case Unverifiable(var why) -> Optional.of(why);
            case Failed(var why) -> Optional.of(why);
        };
    }
}
