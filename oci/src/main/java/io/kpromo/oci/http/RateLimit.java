// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Spreads requests over time. Where the other side says that they are too many, the rate drops at once, by half of
/// what was really sent, and grows again by a little every second.
final class RateLimit {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double LEAST = 2;
    private static final double DECREASE = 0.5;
    private static final double INCREASE = 0.05;
    private static final double BURST_SECONDS = 0.1;
    /// Seconds that a rate is measured over at least: who has only begun is not taken for slow.
    private static final double SHORTEST_WINDOW = 0.1;

    private final Time time;
    private final double configured;
    private final ReentrantLock lock = new ReentrantLock();

    private double next;
    private boolean dropped;
    private long droppedAt;
    private double droppedTo;
    private double droppedFrom;

    private boolean started;
    private long windowStart;
    private long windowCount;
    private double lastWindow;

    /// @param configured requests a second, 0 for no limit
    RateLimit(Time time, double configured) {
        this.time = time;
        this.configured = configured;
    }

    /// Takes the next place in time; the nanoseconds until then.
    long reserve() {
        lock.lock();
        try {
            long now = time.nanos();
            count(now);
            double rate = rate(now);
            if (rate == 0) {
                return 0;
            }
            double interval = SECOND / rate;
            // What was not used for a moment may be made up for, by a tenth of a second's worth.
            double burst = Math.max(0, BURST_SECONDS * rate - 1);
            double at = started ? Math.max(next, now - burst * interval) : now;
            started = true;
            next = at + interval;
            return Math.max(0, (long) (at - now));
        } finally {
            lock.unlock();
        }
    }

    /// The other side refused a request for its rate. Requests that were on their way when the rate dropped don't
    /// make it drop again.
    ///
    /// @param sentAt when the refused request was sent, in nanoseconds
    /// @return whether the rate dropped
    boolean refused(long sentAt) {
        lock.lock();
        try {
            long now = time.nanos();
            if (dropped && sentAt - droppedAt <= 0) {
                return false;
            }
            double before = rate(now);
            double measured = Math.max(measured(now), LEAST);
            droppedFrom = before == 0 ? measured : Math.min(before, measured);
            droppedTo = Math.max(LEAST, droppedFrom * DECREASE);
            droppedAt = now;
            if (!dropped || !started || next < now) {
                next = now;
                started = true;
            }
            dropped = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Requests a second that may be sent now, 0 for no limit.
    double perSecond() {
        lock.lock();
        try {
            return rate(time.nanos());
        } finally {
            lock.unlock();
        }
    }

    private double rate(long now) {
        if (!dropped) {
            return configured;
        }
        double recovered = droppedTo + (now - droppedAt) / SECOND * Math.max(LEAST, droppedFrom * INCREASE);
        double enough = configured > 0 ? configured : 2 * droppedFrom;
        if (recovered >= enough) {
            dropped = false;
            return configured;
        }
        return recovered;
    }

    private void count(long now) {
        if (windowCount == 0 && lastWindow == 0) {
            windowStart = now;
        }
        if (now - windowStart >= SECOND) {
            lastWindow = windowCount / ((now - windowStart) / SECOND);
            windowStart = now;
            windowCount = 0;
        }
        windowCount++;
    }

    private double measured(long now) {
        return Math.max(lastWindow, windowCount / Math.max(SHORTEST_WINDOW, (now - windowStart) / SECOND));
    }
}
