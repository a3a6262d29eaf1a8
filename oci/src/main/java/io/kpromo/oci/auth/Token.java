// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import java.time.Duration;

/// A bearer token in use.
///
/// @param grants what it was asked for
/// @param goodUntil in the transport's nanoseconds; some time before it really expires
record Token(Secret secret, Grants grants, long goodUntil) {
    private static final Duration SHORTEST = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(12);

    /// @param lifetime as the token endpoint gave it; one without any counts as a minute, as the specification says
    static Token of(Secret secret, Grants grants, Duration lifetime, long now) {
        Duration life = lifetime.isPositive() ? lifetime : SHORTEST;
        Duration bounded = life.compareTo(LONGEST) > 0 ? LONGEST : life;
        // A tenth is left for the request that carries it, and for clocks that differ.
        return new Token(secret, grants, now + bounded.toNanos() / 10 * 9);
    }

    boolean isGood(long now) {
        return now - goodUntil < 0;
    }

    String header() {
        return "Bearer " + secret.reveal();
    }
}
