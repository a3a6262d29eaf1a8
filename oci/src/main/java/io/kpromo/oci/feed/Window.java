// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The memory that all contents on their way share. Who reads takes room here first, and gets it when others have
/// sent.
///
/// Where no room comes free for as long as the patience lasts, destinations that stand still are holding it: they
/// are then left behind, read for themselves later, and the room is theirs no more.
public final class Window {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Set<Feed> feeds = new LinkedHashSet<>();
    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private final long patience;
    private final long size;
    private long free;

    /// @param size bytes
    /// @param patience how long nothing may come free before those who stand still are left behind
    public Window(long size, Duration patience) {
        this.size = size;
        this.free = size;
        this.patience = patience.toNanos();
    }

    void join(Feed feed) {
        lock.lock();
        try {
            feeds.add(feed);
        } finally {
            lock.unlock();
        }
    }

    void leave(Feed feed) {
        lock.lock();
        try {
            feeds.remove(feed);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for room, in the order of coming, so that much room is had as surely as little.
    ///
    /// @param bytes at most the window's size
    void take(long bytes) throws InterruptedException {
        if (bytes > size) {
            throw new IllegalArgumentException(bytes + " bytes don't fit a window of " + size);
        }
        Object turn = new Object();
        lock.lock();
        try {
            queue.add(turn);
        } finally {
            lock.unlock();
        }
        try {
            long wait = patience;
            while (!taken(turn, bytes, wait)) {
                for (Feed feed : snapshot()) {
                    feed.leaveBehindTheStill();
                }
                wait = patience / 4 + 1;
            }
        } finally {
            leaveQueue(turn);
        }
    }

    private boolean taken(Object turn, long bytes, long wait) throws InterruptedException {
        long left = wait;
        lock.lock();
        try {
            while (!turn.equals(queue.peek()) || free < bytes) {
                if (left <= 0) {
                    return false;
                }
                left = freed.awaitNanos(left);
            }
            free -= bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leaveQueue(Object turn) {
        lock.lock();
        try {
            queue.remove(turn);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes room if there is some that nobody waits for.
    boolean tryTake(long bytes) {
        lock.lock();
        try {
            if (free < bytes || !queue.isEmpty()) {
                return false;
            }
            free -= bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void give(long bytes) {
        lock.lock();
        try {
            free += bytes;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Bytes that nobody holds; all of them when nothing is on its way.
    public long free() {
        lock.lock();
        try {
            return free;
        } finally {
            lock.unlock();
        }
    }

    long patienceNanos() {
        return patience;
    }

    private Set<Feed> snapshot() {
        lock.lock();
        try {
            return new LinkedHashSet<>(feeds);
        } finally {
            lock.unlock();
        }
    }
}
