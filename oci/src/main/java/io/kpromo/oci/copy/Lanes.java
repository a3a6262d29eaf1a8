// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Host;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/// Bounds the reads for single destinations, so that a destination that stands still can't keep all of a source's
/// slots.
final class Lanes {
    private static final int PER_HOST = 2;

    private final Semaphore all;
    private final ConcurrentMap<Host, Semaphore> hosts = new ConcurrentHashMap<>();

    /// @param most at the same time
    Lanes(int most) {
        this.all = new Semaphore(most, true);
    }

    /// A place to read for one destination, to be closed once.
    interface Lane extends AutoCloseable {
        @Override
        void close();
    }

    Lane enter(Host destination) throws InterruptedException {
        Semaphore own = hosts.computeIfAbsent(destination, host -> new Semaphore(PER_HOST, true));
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
