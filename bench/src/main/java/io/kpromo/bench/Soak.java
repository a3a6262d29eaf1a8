// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Many short waits on virtual threads, as a promotion has them: for a slot, for bytes, for an answer, each with a
/// deadline. Virtual threads of Java 25 before 25.0.3 could be lost while parked (JDK-8369227): then one stands still.
final class Soak {
    private static final int THREADS = 400;
    private static final int ROUNDS = 4_000;
    private static final int SLOTS = 16;
    private static final long PATIENCE_SECONDS = 120;

    private final Semaphore slots = new Semaphore(SLOTS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turn = lock.newCondition();
    private final AtomicLong waits = new AtomicLong();
    /// Guarded by the lock.
    private long comings;

    void measure(Report report) throws IOException, InterruptedException {
        report.title("Soak: " + THREADS + " virtual threads, each " + ROUNDS + " rounds of short waits");
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            threads.add(Thread.ofVirtual().name("soak " + i).start(() -> rounds(seed)));
        }
        long lost = 0;
        long end = start + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Thread thread : threads) {
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            thread.join(left);
            lost += thread.isAlive() ? 1 : 0;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        report.line("%,d waits in %.1f s with Java %s".formatted(waits.get(), seconds, Runtime.version()));
        report.keep("soak", Map.of("waits", waits.get(), "seconds", seconds, "lost", lost));
        report.bound(new Bound("virtual threads that never came back", lost, 0, ""));
    }

    private void rounds(int seed) {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                switch ((seed + i) % 3) {
                    case 0 -> waitForSlot();
                    case 1 -> waitForTurn();
                    default -> Thread.sleep(0, 200_000);
                }
                waits.incrementAndGet();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForSlot() throws InterruptedException {
        if (slots.tryAcquire(10, TimeUnit.SECONDS)) {
            slots.release();
        }
    }

    /// Waits until somebody else comes by, at most a millisecond.
    private void waitForTurn() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long mine = ++comings;
            turn.signalAll();
            long left = TimeUnit.MILLISECONDS.toNanos(1);
            while (comings == mine && left > 0) {
                left = turn.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
