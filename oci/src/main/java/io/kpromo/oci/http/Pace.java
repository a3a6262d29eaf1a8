// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How fast a body has to come. Of one that trickles in, each byte comes in time and the last one never. Only time
/// that was spent waiting for the other side counts.
final class Pace {
    /// Bytes that have to come in each span: some 270 a second, by default.
    private static final int LEAST = 16 << 10;

    private final Duration span;
    private long waited;
    private long came;

    /// @param span how long may be waited for [#LEAST] bytes
    Pace(Duration span) {
        this.span = span;
    }

    /// @param nanos that were waited
    /// @param bytes that came then
    /// @throws SlowException when that is too slow
    void took(long nanos, int bytes) throws SlowException {
        waited += nanos;
        came += bytes;
        if (came >= LEAST) {
            waited = 0;
            came = 0;
        } else if (waited > span.toNanos()) {
            throw new SlowException("the body comes too slowly: " + came + " bytes in "
                    + TimeUnit.NANOSECONDS.toSeconds(waited) + " s");
        }
    }

    /// What came so slowly is nothing that would be worth as many tries again.
    static final class SlowException extends IOException {
        private static final long serialVersionUID = 1L;

        SlowException(String message) {
            super(message);
        }
    }
}
