// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A clock that stands still until somebody sleeps.
public final class FakeTime implements Time {
    public static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final List<Duration> sleeps = new ArrayList<>();
    private long nanos;

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        nanos += duration.toNanos();
    }

    public synchronized void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    /// What was slept, in order.
    public synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }
}
