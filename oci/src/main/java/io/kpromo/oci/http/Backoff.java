// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// How long is waited before a request is sent again: longer each time, and not the same for all who failed
/// together.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int MOST_DOUBLINGS = 10;

    private final DoubleSupplier dice;

    /// @param dice numbers from 0 to 1
    Backoff(DoubleSupplier dice) {
        this.dice = dice;
    }

    /// Between a half and the whole of 0.5 s, 1 s, 2 s, … 20 s.
    ///
    /// @param tries how often the request was sent, 1 or more
    Duration after(int tries) {
        long whole = Math.min(FIRST.toMillis() << Math.min(tries - 1, MOST_DOUBLINGS), LONGEST.toMillis());
        return Duration.ofMillis(whole / 2 + (long) (whole / 2.0 * dice.getAsDouble()));
    }

    /// As long as the other side asks for, and a little longer, so that not all come back at once.
    Duration after(int tries, Duration asked) {
        Duration own = after(tries);
        Duration spread = Duration.ofMillis((long) (Math.min(asked.toMillis(), 1000) / 4.0 * dice.getAsDouble()));
        Duration theirs = asked.plus(spread);
        return theirs.compareTo(own) > 0 ? theirs : own;
    }
}
