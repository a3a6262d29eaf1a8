// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs the work of libraries that neither keep to a time nor listen when they are interrupted.
final class Waiting {
    private Waiting() {}

    /// On a thread of its own, which is interrupted where it takes too long or the caller gives up. Libraries find
    /// their parts through that thread's class loader, so it is the one that loaded us.
    ///
    /// @throws TimeoutException when it takes longer
    /// @throws ExecutionException with what the work threw
    static <T> T atMost(Duration longest, Callable<T> work)
            throws InterruptedException, TimeoutException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("cloud").unstarted(task);
        thread.setContextClassLoader(Waiting.class.getClassLoader());
        thread.start();
        try {
            return task.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            task.cancel(true);
        }
    }
}
