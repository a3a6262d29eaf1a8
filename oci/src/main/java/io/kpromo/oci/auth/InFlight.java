// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.OciException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets callers that want the same thing at the same time share one piece of work. Those who waited share its failure
/// too; those who come later try anew. Where its first caller gives up, one of the others takes over.
final class InFlight<K, V> {
    private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
    private final Duration longest;

    /// @param longest how long is waited for another's work
    InFlight(Duration longest) {
        this.longest = longest;
    }

    /// Work that may be interrupted and otherwise fails without checked exceptions.
    interface Work<V> {
        V run() throws InterruptedException;
    }

    V once(K key, Work<V> work) throws InterruptedException {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> other = flights.putIfAbsent(key, mine);
            if (other == null) {
                return run(key, work, mine);
            }
            try {
                return other.get(longest.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException failed) {
                switch (failed.getCause()) {
                    case InterruptedException gaveUp -> {}
                    case RuntimeException shared -> throw shared;
                    case null, default -> throw new OciException("the work of another failed", failed);
                }
            } catch (TimeoutException late) {
                throw new OciException("what another request asks for did not come in time", late);
            }
        }
    }

    private V run(K key, Work<V> work, CompletableFuture<V> mine) throws InterruptedException {
        Throwable failure = new InterruptedException();
        try {
            V value = work.run();
            flights.remove(key, mine);
            mine.complete(value);
            return value;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            flights.remove(key, mine);
            mine.completeExceptionally(failure);
        }
    }
}
