// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What went through a server, counted before the other side can see it, so that a test may look at once.
public final class Traffic {
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /// Bytes of request bodies that were read.
    public long bytesReceived() {
        return received.sum();
    }

    /// Bytes of response bodies that were sent.
    public long bytesSent() {
        return sent.sum();
    }

    /// Connections that were accepted.
    public long connections() {
        return connections.sum();
    }

    /// The most requests that were answered at the same time.
    public int mostAtOnce() {
        return most.get();
    }

    public void reset() {
        received.reset();
        sent.reset();
        connections.reset();
        most.set(now.get());
    }

    void received(long bytes) {
        received.add(bytes);
    }

    void sent(long bytes) {
        sent.add(bytes);
    }

    void connected() {
        connections.increment();
    }

    void begun() {
        int current = now.incrementAndGet();
        if (current > most.get()) {
            most.accumulateAndGet(current, Math::max);
        }
    }

    void ended() {
        now.decrementAndGet();
    }
}
