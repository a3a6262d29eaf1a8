// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.concurrent;

import io.kpromo.oci.OciException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Work that many ask for and one does. Those who wait for it share its failure too; those who come later try anew.
/// When the one who works is interrupted, another who waits takes over.
///
/// @param <K> what is asked for
/// @param <V> what comes of it
public final class InFlight<K, V> {
    /// Work that may be interrupted and otherwise fails without checked exceptions.
    @FunctionalInterface
    public interface Work<V> {
        V run() throws InterruptedException;
    }

    private final ConcurrentMap<K, CompletableFuture<V>> all = new ConcurrentHashMap<>();
    private final boolean keeps;
    private final long longestNanos;

    private InFlight(boolean keeps, long longestNanos) {
        this.keeps = keeps;
        this.longestNanos = longestNanos;
    }

    /// What was made stays, until it is forgotten by [#forget]. There is no limit to the wait for another's work,
    /// for it may be as much as a whole content; it ends when that work does, whose own waits have limits.
    public static <K, V> InFlight<K, V> keeping() {
        return new InFlight<>(true, Long.MAX_VALUE);
    }

    /// Only those who ask at the same time share what is made.
    ///
    /// @param longest how long is waited for another's work
    public static <K, V> InFlight<K, V> passing(Duration longest) {
        return new InFlight<>(false, longest.toNanos());
    }

    /// The value for this key, made by the first who asks.
    ///
    /// @throws OciException when another's work did not come in time
    public V once(K key, Work<V> work) throws InterruptedException {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> others = all.putIfAbsent(key, mine);
            if (others == null) {
                return make(key, mine, work);
            }
            try {
                return others.get(longestNanos, TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case InterruptedException gaveUp -> {}
                    case RuntimeException failed -> throw failed;
                    case Error failed -> throw failed;
                    case null, default -> throw new IllegalStateException(e.getCause());
                }
            } catch (TimeoutException late) {
                throw new OciException("what another request asks for did not come in time", late);
            }
        }
    }

    /// What was made for this key and is kept; empty where nothing was, or not yet. Never waits.
    public Optional<V> kept(K key) {
        CompletableFuture<V> made = all.get(key);
        return made == null || !made.isDone() || made.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(made.join());
    }

    /// What is asked for next is made anew.
    public void forget(K key) {
        all.remove(key);
    }

    private V make(K key, CompletableFuture<V> mine, Work<V> work) throws InterruptedException {
        try {
            V value = work.run();
            // First out of the way, then told: who comes after those who waited must not find it.
            if (!keeps) {
                all.remove(key, mine);
            }
            mine.complete(value);
            return value;
        } catch (InterruptedException | RuntimeException | Error e) {
            all.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }
}
