// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.concurrent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Threads of a test: their results, and moments that are waited for without sleeping through them.
public final class Threads implements AutoCloseable {
    private static final long LONGEST_SECONDS = 20;

    private final List<Thread> all = new ArrayList<>();

    /// Work under way.
    public record Running<V>(Thread thread, FutureTask<V> task) {
        public V get() throws Exception {
            return task.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        }

        public void interrupt() {
            thread.interrupt();
        }

        /// Returns when the thread waits for somebody else.
        public Running<V> untilItWaits() {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                if (System.nanoTime() > end || thread.getState() == Thread.State.TERMINATED) {
                    throw new AssertionError("it does not wait: " + thread.getState());
                }
                LockSupport.parkNanos(100_000);
            }
            return this;
        }
    }

    public <V> Running<V> run(Callable<V> work) {
        FutureTask<V> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().unstarted(task);
        all.add(thread);
        thread.start();
        return new Running<>(thread, task);
    }

    public static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("waited too long");
        }
    }

    @Override
    public void close() {
        all.forEach(Thread::interrupt);
        for (Thread thread : all) {
            try {
                if (!thread.join(Duration.ofSeconds(LONGEST_SECONDS))) {
                    throw new AssertionError("a thread does not end when it is interrupted");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
