// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Shows a [Tally] for as long as it is open. The display looks at the numbers in its own time; the work never
/// waits for it.
public final class Progress implements AutoCloseable {
    private final Tally tally;
    private final Display display;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;

    private Progress(Tally tally, Display display) {
        this.tally = tally;
        this.display = display;
        this.thread = Thread.ofVirtual().name("progress").unstarted(this::watch);
    }

    public static Progress of(Tally tally, Display display) {
        Progress progress = new Progress(tally, display);
        progress.thread.start();
        return progress;
    }

    private void watch() {
        lock.lock();
        try {
            while (!closed) {
                display.show(tally.now());
                closing.await(display.period(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /// Takes the display away; what it showed is not shown any more.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            display.end();
        } finally {
            lock.unlock();
        }
    }
}
