// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets so many requests to a host at a time, and so many a second. Where they queue, small questions pass large
/// bodies: the answers decide what else there is to do.
///
/// A slot is held for one request, and nothing else is waited for meanwhile but the rate of the same host.
final class HostGate {
    private final String host;
    private final Time time;
    private final int slots;
    private final Duration longest;
    private final RateLimit own;
    private final List<RateLimit> shared;

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Waiter> queue = new PriorityQueue<>();
    private int taken;
    private long arrivals;
    private long departures;

    /// @param longest how long is waited for a slot while none becomes free
    /// @param own what drops where this host says that requests are too many
    /// @param shared limits that hold for other hosts together with this one
    HostGate(String host, Time time, int slots, Duration longest, RateLimit own, List<RateLimit> shared) {
        this.host = host;
        this.time = time;
        this.slots = slots;
        this.longest = longest;
        this.own = own;
        this.shared = List.copyOf(shared);
    }

    /// One request's place. Closed when its answer has been read.
    static final class Permit implements AutoCloseable {
        private final HostGate gate;
        private final long waited;
        private boolean closed;

        private Permit(HostGate gate, long waited) {
            this.gate = gate;
            this.waited = waited;
        }

        /// Nanoseconds.
        long waited() {
            return waited;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                gate.leave();
            }
        }
    }

    private static final class Waiter implements Comparable<Waiter> {
        private final boolean large;
        private final long arrival;
        private final Condition called;
        private boolean admitted;

        Waiter(boolean large, long arrival, Condition called) {
            this.large = large;
            this.arrival = arrival;
            this.called = called;
        }

        @Override
        public int compareTo(Waiter other) {
            return large == other.large ? Long.compare(arrival, other.arrival) : Boolean.compare(large, other.large);
        }
    }

    RateLimit rate() {
        return own;
    }

    /// Waits for a slot, then for the rate.
    ///
    /// @throws SocketTimeoutException when no request to the host has ended for too long
    Permit enter(Kind kind) throws SocketTimeoutException, InterruptedException {
        long began = time.nanos();
        takeSlot(kind);
        boolean done = false;
        try {
            long wait = own.reserve();
            for (RateLimit limit : shared) {
                wait = Math.max(wait, limit.reserve());
            }
            if (wait > 0) {
                time.sleep(Duration.ofNanos(wait));
            }
            done = true;
            return new Permit(this, time.nanos() - began);
        } finally {
            if (!done) {
                leave();
            }
        }
    }

    private void takeSlot(Kind kind) throws SocketTimeoutException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (taken < slots && queue.isEmpty()) {
                taken++;
                return;
            }
            Waiter waiter = new Waiter(kind.isLarge(), arrivals++, lock.newCondition());
            queue.add(waiter);
            try {
                await(waiter);
            } catch (SocketTimeoutException | InterruptedException e) {
                if (waiter.admitted) {
                    taken--;
                    admit();
                } else {
                    queue.remove(waiter);
                }
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits as long as the host's other requests come to an end now and then.
    private void await(Waiter waiter) throws SocketTimeoutException, InterruptedException {
        long seen = departures;
        long left = longest.toNanos();
        while (!waiter.admitted) {
            left = waiter.called.awaitNanos(left);
            if (left <= 0 && !waiter.admitted) {
                if (seen == departures) {
                    throw new SocketTimeoutException("none of the " + slots + " requests to " + host + " has ended for "
                            + TimeUnit.NANOSECONDS.toSeconds(longest.toNanos()) + " s");
                }
                seen = departures;
                left = longest.toNanos();
            }
        }
    }

    private void leave() {
        lock.lock();
        try {
            taken--;
            departures++;
            admit();
        } finally {
            lock.unlock();
        }
    }

    private void admit() {
        while (taken < slots && !queue.isEmpty()) {
            Waiter first = queue.remove();
            first.admitted = true;
            taken++;
            first.called.signal();
        }
    }
}
