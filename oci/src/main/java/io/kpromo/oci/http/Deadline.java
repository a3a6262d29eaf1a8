// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

/// A moment by which something has to be done.
///
/// @param at in the nanoseconds of `time`
/// @param what is waited for, for the error
record Deadline(Time time, long at, String what) {
    static Deadline in(Time time, Duration longest, String what) {
        return new Deadline(time, time.nanos() + longest.toNanos(), what);
    }

    /// @throws SocketTimeoutException when nothing is left
    Duration left() throws SocketTimeoutException {
        long left = at - time.nanos();
        if (left <= 0) {
            throw new SocketTimeoutException("no " + what + " in time");
        }
        return Duration.ofNanos(left);
    }

    boolean isOver() {
        return at - time.nanos() <= 0;
    }
}
