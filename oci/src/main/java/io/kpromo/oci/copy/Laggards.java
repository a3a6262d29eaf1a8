// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Host;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Hosts that the others no longer wait for. They get everything, at their own pace, by reads of their own.
final class Laggards {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Host> hosts = new HashSet<>();
    private final long patience;

    Laggards(Duration patience) {
        this.patience = patience.toNanos();
    }

    void add(Host host) {
        lock.lock();
        try {
            if (hosts.add(host)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean contains(Host host) {
        lock.lock();
        try {
            return hosts.contains(host);
        } finally {
            lock.unlock();
        }
    }

    /// What is to be done at these hosts, once for each time they are named.
    Outstanding outstanding(Collection<Host> work) {
        return new Outstanding(work);
    }

    /// Work at several hosts that is still to be done.
    final class Outstanding {
        private final Map<Host, Integer> left = new HashMap<>();
        private long lastDone;
        private boolean someDone;

        private Outstanding(Collection<Host> work) {
            work.forEach(host -> left.merge(host, 1, Integer::sum));
        }

        void done(Host host) {
            lock.lock();
            try {
                left.computeIfPresent(host, (key, n) -> n == 1 ? null : n - 1);
                lastDone = System.nanoTime();
                someDone = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// Waits until all that is left is left to laggards. Hosts that are still at work when the patience has
        /// passed since the last of the others was done become that.
        void awaitTheOthers() throws InterruptedException {
            lock.lock();
            try {
                while (!hosts.containsAll(left.keySet())) {
                    long rest = patience - (System.nanoTime() - lastDone);
                    if (someDone && rest <= 0) {
                        hosts.addAll(left.keySet());
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
