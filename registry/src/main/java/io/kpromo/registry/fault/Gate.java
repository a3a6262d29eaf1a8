// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Where struck requests wait until a test lets them on.
public final class Gate {
    private static final long LONGEST_MINUTES = 5;

    private final CountDownLatch open = new CountDownLatch(1);
    private final Semaphore arrived = new Semaphore(0);

    /// Waits for the next request to arrive: once a request, also for those that arrived before.
    ///
    /// @throws IllegalStateException when none came within 30 seconds
    public void awaitArrival() throws InterruptedException {
        if (!arrived.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no request came to the gate");
        }
    }

    /// Lets all on that wait, and all that come.
    public void open() {
        open.countDown();
    }

    /// Waits at the gate, 5 minutes at most: a test that failed must not hang.
    public void pass() throws InterruptedException {
        arrived.release();
        boolean _ = open.await(LONGEST_MINUTES, TimeUnit.MINUTES);
    }
}
