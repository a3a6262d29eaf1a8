// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// The clock and the bed of the transport, so that tests wait for nothing.
public interface Time {
    /// Nanoseconds since some moment; for differences only.
    long nanos();

    Instant now();

    void sleep(Duration duration) throws InterruptedException;

    static Time system() {
        return new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            }
        };
    }
}
