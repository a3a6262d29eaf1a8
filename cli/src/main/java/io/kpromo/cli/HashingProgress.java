// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.files.hash.HashingCounts;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Says how far hashing has come: a line that changes on a terminal, else one every ten seconds.
final class HashingProgress implements AutoCloseable {
    private final Root root;
    private final HashingCounts counts;
    private final boolean live;
    private final long began = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;

    private HashingProgress(Root root, HashingCounts counts, boolean live) {
        this.root = root;
        this.counts = counts;
        this.live = live;
    }

    static HashingProgress of(Root root, HashingCounts counts) {
        HashingProgress progress = new HashingProgress(root, counts, root.live());
        if (root.shown()) {
            Thread.ofVirtual().name("progress").start(progress::watch);
        }
        return progress;
    }

    private void watch() {
        long period = TimeUnit.MILLISECONDS.toNanos(live ? 200 : 10_000);
        lock.lock();
        try {
            while (!closed) {
                if (closing.awaitNanos(period) <= 0 && !closed) {
                    show();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void show() {
        long milliseconds = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        String line = "hashed " + Text.count(counts.files()) + " of " + Text.count(counts.found(), "file") + ", "
                + Text.bytes(counts.bytes()) + ", " + Text.bytes(counts.bytes() * 1000 / milliseconds) + "/s";
        if (live) {
            root.screen().draw(List.of(line));
        } else {
            root.log().info(line);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            if (live) {
                root.screen().clear();
            }
        } finally {
            lock.unlock();
        }
    }
}
