// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/// Bounds the reads for single destinations, so that a destination that stands still can't keep all of a source's
/// slots.
///
/// @param <K> names a destination
public final class Lanes<K> {
    private static final int PER_DESTINATION = 2;

    private final Semaphore all;
    private final ConcurrentMap<K, Semaphore> each = new ConcurrentHashMap<>();

    /// @param most at the same time
    public Lanes(int most) {
        this.all = new Semaphore(most, true);
    }

    /// A place to read for one destination, to be closed once.
    public interface Lane extends AutoCloseable {
        @Override
        void close();
    }

    public Lane enter(K destination) throws InterruptedException {
        Semaphore own = each.computeIfAbsent(destination, key -> new Semaphore(PER_DESTINATION, true));
        own.acquire();
        boolean entered = false;
        try {
            all.acquire();
            entered = true;
        } finally {
            if (!entered) {
                own.release();
            }
        }
        return () -> {
            all.release();
            own.release();
        };
    }
}
