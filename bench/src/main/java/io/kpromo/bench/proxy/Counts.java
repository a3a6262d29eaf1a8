// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What has passed one door of the proxy since the last reset. A client can have the last byte of its answer before
/// the proxy has counted it: whoever wants figures that are whole waits until all are [#settle settled].
final class Counts {
    /// @param requests how many
    /// @param sent bytes of the requests' bodies
    /// @param received bytes of the answers' bodies
    private record Traffic(long requests, long sent, long received) {
        Traffic plus(Traffic other) {
            return new Traffic(requests + other.requests, sent + other.sent, received + other.received);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final Map<RequestKind, Traffic> byKind = new EnumMap<>(RequestKind.class);
    private final Map<String, Traffic> blobReads = new TreeMap<>();
    private final Map<Integer, Long> byStatus = new TreeMap<>();
    private int underWay;

    /// A request has come; counted even where no answer follows.
    void begin(RequestKind kind) {
        lock.lock();
        try {
            underWay++;
            add(kind, new Traffic(1, 0, 0));
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more will be counted for a request that has begun, whether it was answered or not.
    void end() {
        lock.lock();
        try {
            underWay--;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until no request is under way.
    ///
    /// @return how many still are when the time is over
    int settle(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (underWay > 0 && nanos > 0) {
                nanos = settled.awaitNanos(nanos);
            }
            return underWay;
        } finally {
            lock.unlock();
        }
    }

    void bodies(RequestKind kind, long sent, long received) {
        add(kind, new Traffic(0, sent, received));
    }

    private void add(RequestKind kind, Traffic traffic) {
        lock.lock();
        try {
            byKind.merge(kind, traffic, Traffic::plus);
        } finally {
            lock.unlock();
        }
    }

    void blobRead(String digest, long bytes) {
        lock.lock();
        try {
            blobReads.merge(digest, new Traffic(1, 0, bytes), Traffic::plus);
        } finally {
            lock.unlock();
        }
    }

    void answer(int status) {
        lock.lock();
        try {
            byStatus.merge(status, 1L, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    void reset() {
        lock.lock();
        try {
            byKind.clear();
            blobReads.clear();
            byStatus.clear();
        } finally {
            lock.unlock();
        }
    }

    /// Lines for [ProxyProcess]: `kind NAME requests sent received`, `blob DIGEST reads bytes`, `status CODE answers`.
    void print(StringBuilder to) {
        lock.lock();
        try {
            byKind.forEach(
                    (kind, t) -> to.append("kind %s %d %d %d\n".formatted(kind, t.requests, t.sent, t.received)));
            blobReads.forEach((digest, t) -> to.append("blob %s %d %d\n".formatted(digest, t.requests, t.received)));
            byStatus.forEach((status, n) -> to.append("status %d %d\n".formatted(status, n)));
        } finally {
            lock.unlock();
        }
    }
}
