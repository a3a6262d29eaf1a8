// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.concurrent;

import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Some threads for many things to do, so that a million of them don't need a million threads.
public final class Workers {
    /// What is done with each thing.
    @FunctionalInterface
    public interface Task<T> {
        void on(T thing) throws InterruptedException;
    }

    private Workers() {}

    /// Does it with all, at most `atOnce` at a time, in their order.
    public static <T> void each(Collection<T> things, int atOnce, Task<T> task) throws InterruptedException {
        if (things.size() == 1) {
            task.on(things.iterator().next());
            return;
        }
        Iterator<T> left = things.iterator();
        ReentrantLock lock = new ReentrantLock();
        try (Crew crew = new Crew("worker")) {
            for (int i = 0; i < Math.min(atOnce, things.size()); i++) {
                crew.start(() -> {
                    for (Optional<T> next = next(left, lock); next.isPresent(); next = next(left, lock)) {
                        task.on(next.get());
                    }
                });
            }
            crew.join();
        }
    }

    private static <T> Optional<T> next(Iterator<T> left, ReentrantLock lock) {
        lock.lock();
        try {
            return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
