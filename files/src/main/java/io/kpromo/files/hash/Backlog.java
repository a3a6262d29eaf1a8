// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What is still to be looked at. It ends when nothing is left and nobody is at work who could find more.
final class Backlog {
    /// Batches that wait, at most, before who lists them works on them too: names take memory.
    private static final int MOST_BATCHES = 512;

    /// A method each, rather than a switch over records: that is not made before the first start, and takes time
    /// then.
    interface Task {
        void by(FolderReader reader) throws InterruptedException;
    }

    /// A folder to list.
    record Listing(Listed folder) implements Task {
        @Override
        public void by(FolderReader reader) throws InterruptedException {
            reader.list(folder);
        }
    }

    /// Names to look at: files are hashed, folders listed later.
    record Batch(Listed folder, List<Listed.Found> names) implements Task {
        @Override
        public void by(FolderReader reader) throws InterruptedException {
            reader.look(folder, names);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Task> folders = new ArrayDeque<>();
    private final Deque<Task> batches = new ArrayDeque<>();
    private int atWork;

    void add(Listing folder) {
        lock.lock();
        try {
            folders.push(folder);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// @return false where so much waits that the caller had better do it
    boolean offer(Batch batch) {
        lock.lock();
        try {
            if (batches.size() >= MOST_BATCHES) {
                return false;
            }
            batches.add(batch);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The next task, files first; the caller says [#done] when it is. Empty when all is done.
    Optional<Task> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Task next = batches.isEmpty() ? folders.poll() : batches.poll();
                if (next != null) {
                    atWork++;
                    return Optional.of(next);
                }
                if (atWork == 0) {
                    return Optional.empty();
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void done() {
        lock.lock();
        try {
            if (--atWork == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
