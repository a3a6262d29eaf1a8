// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/// Work that many ask for and one does. Failures are told to those who waited and then forgotten; when the one who
/// works is interrupted, another who waits takes over.
final class InFlight<K, V> {
    private final ConcurrentMap<K, CompletableFuture<V>> all = new ConcurrentHashMap<>();

    /// The value for this key, made by the first who asks. It is kept.
    V once(K key, Callable<V> work) throws InterruptedException {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> others = all.putIfAbsent(key, mine);
            if (others == null) {
                return make(key, mine, work);
            }
            try {
                return others.get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case InterruptedException gaveUp -> all.remove(key, others);
                    case RuntimeException failed -> throw failed;
                    case Error failed -> throw failed;
                    case null, default -> throw new IllegalStateException(e.getCause());
                }
            }
        }
    }

    void forget(K key) {
        all.remove(key);
    }

    private V make(K key, CompletableFuture<V> mine, Callable<V> work) throws InterruptedException {
        try {
            V value = work.call();
            mine.complete(value);
            return value;
        } catch (InterruptedException | RuntimeException | Error e) {
            all.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        } catch (Exception e) {
            all.remove(key, mine);
            IllegalStateException unexpected = new IllegalStateException(e);
            mine.completeExceptionally(unexpected);
            throw unexpected;
        }
    }
}
