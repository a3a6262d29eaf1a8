// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Remembers what was asked.
final class Ledger {
    private final int remembered;
    private final ReentrantLock lock = new ReentrantLock();
    private final EnumMap<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Digest, Integer> reads = new HashMap<>();
    private final Deque<Exchange> exchanges = new ArrayDeque<>();

    Ledger(int remembered) {
        this.remembered = remembered;
    }

    void add(Exchange exchange) {
        lock.lock();
        try {
            exchange.kind().ifPresent(kind -> counts.merge(kind, 1, Integer::sum));
            if (remembered > 0) {
                if (exchanges.size() == remembered) {
                    exchanges.removeFirst();
                }
                exchanges.addLast(exchange);
            }
        } finally {
            lock.unlock();
        }
    }

    void read(Digest blob) {
        if (remembered == 0) {
            return;
        }
        lock.lock();
        try {
            reads.merge(blob, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    Counts counts() {
        lock.lock();
        try {
            return new Counts(counts);
        } finally {
            lock.unlock();
        }
    }

    int reads(Digest blob) {
        lock.lock();
        try {
            return reads.getOrDefault(blob, 0);
        } finally {
            lock.unlock();
        }
    }

    List<Exchange> exchanges() {
        lock.lock();
        try {
            return List.copyOf(exchanges);
        } finally {
            lock.unlock();
        }
    }

    void reset() {
        lock.lock();
        try {
            counts.clear();
            reads.clear();
            exchanges.clear();
        } finally {
            lock.unlock();
        }
    }
}
