// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs jobs that need the processor and not the network: on the caller's thread and one more for each further
/// processor, up to a few.
final class Workers {
    private static final int MOST = 4;

    private Workers() {}

    /// Runs all, in about their order, and returns when all are done.
    ///
    /// @throws InterruptedException when the caller was interrupted; jobs that had not begun are left out
    static void run(List<? extends Runnable> jobs) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        Runnable worker = () -> {
            for (int i = next.getAndIncrement();
                    i < jobs.size() && !Thread.currentThread().isInterrupted();
                    i = next.getAndIncrement()) {
                jobs.get(i).run();
            }
        };
        int wanted = Math.min(Math.min(MOST, Runtime.getRuntime().availableProcessors()), jobs.size());
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < wanted; i++) {
            Thread thread = new Thread(worker, "manifests-" + i);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            thread.start();
            others.add(thread);
        }
        try {
            worker.run();
            for (Thread other : others) {
                other.join();
            }
        } finally {
            next.set(jobs.size());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while reading manifests");
        }
        for (Throwable failure : failures) {
            throw new IllegalStateException("reading manifests failed: " + failure, failure);
        }
    }
}
