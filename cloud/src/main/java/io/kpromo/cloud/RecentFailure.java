// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Keeps a failure for a while, so that a thousand images of a registry without credentials fail together rather
/// than one after the other, each waiting for the same. Not for two threads at a time.
///
/// @param <K> what it is about
final class RecentFailure<K> {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    private final Time time;
    private final Map<K, Failed> failures = new HashMap<>();

    RecentFailure(Time time) {
        this.time = time;
    }

    private record Failed(String message, OciException failure, Instant until) {}

    /// Work that fails with an [OciException].
    interface Work<V> {
        V run() throws InterruptedException;
    }

    /// Fails at once where the same has failed within a minute.
    <V> V unless(K key, Work<V> work) throws InterruptedException {
        Failed failed = failures.get(key);
        if (failed != null && time.now().isBefore(failed.until())) {
            throw new OciException(failed.message(), failed.failure());
        }
        try {
            V value = work.run();
            failures.remove(key);
            return value;
        } catch (OciException e) {
            failures.put(
                    key,
                    new Failed(String.valueOf(e.getMessage()), e, time.now().plus(LONG_ENOUGH)));
            throw e;
        }
    }
}
