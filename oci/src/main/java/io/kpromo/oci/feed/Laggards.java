// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Destinations that the others no longer wait for. They get everything, at their own pace, by reads of their own.
///
/// @param <K> names a destination
public final class Laggards<K> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<K> lagging = new HashSet<>();
    private final long patience;

    public Laggards(Duration patience) {
        this.patience = patience.toNanos();
    }

    public void add(K destination) {
        lock.lock();
        try {
            if (lagging.add(destination)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    public boolean contains(K destination) {
        lock.lock();
        try {
            return lagging.contains(destination);
        } finally {
            lock.unlock();
        }
    }

    /// What is to be done at these destinations, once for each time they are named.
    public Outstanding outstanding(Collection<K> work) {
        return new Outstanding(work);
    }

    /// Work at several destinations that is still to be done.
    public final class Outstanding {
        private final Map<K, Integer> left = new HashMap<>();
        private long lastDone;
        private boolean someDone;

        private Outstanding(Collection<K> work) {
            work.forEach(destination -> left.merge(destination, 1, Integer::sum));
        }

        public void done(K destination) {
            lock.lock();
            try {
                left.computeIfPresent(destination, (key, n) -> n == 1 ? null : n - 1);
                lastDone = System.nanoTime();
                someDone = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// Waits until all that is left is left to laggards. Those that are still at work when the patience has
        /// passed since the last of the others was done become that.
        public void awaitTheOthers() throws InterruptedException {
            lock.lock();
            try {
                while (!lagging.containsAll(left.keySet())) {
                    long rest = patience - (System.nanoTime() - lastDone);
                    if (someDone && rest <= 0) {
                        lagging.addAll(left.keySet());
                        changed.signalAll();
                    } else {
                        changed.awaitNanos(someDone ? rest : patience);
                    }
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
