// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// What has passed one door of the proxy since the last reset.
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
    private final Map<RequestKind, Traffic> byKind = new EnumMap<>(RequestKind.class);
    private final Map<String, Traffic> blobReads = new TreeMap<>();
    private final Map<Integer, Long> byStatus = new TreeMap<>();

    /// A request has come; counted even where no answer follows.
    void request(RequestKind kind) {
        add(kind, new Traffic(1, 0, 0));
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
