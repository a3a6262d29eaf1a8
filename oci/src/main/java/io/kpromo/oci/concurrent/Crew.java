// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.concurrent;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Virtual threads that work on one thing and end together: who leaves the block leaves no thread behind.
///
/// ```
/// try (var crew = new Crew("blob")) {
///     repositories.forEach(into -> crew.start(() -> send(into)));
///     crew.join();
/// }
/// ```
public final class Crew implements AutoCloseable {
    /// Something to do that may wait.
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Set<Thread> threads = new HashSet<>();
    private @Nullable Throwable broken;
    private boolean closing;

    public Crew(String name) {
        this.name = name;
    }

    /// Starts a thread. What it throws, other than by being interrupted, is thrown by [#join].
    public void start(Work work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> run(work));
        lock.lock();
        try {
            if (closing) {
                return;
            }
            threads.add(thread);
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    /// Waits until all have ended, those included that they started themselves.
    public void join() throws InterruptedException {
        lock.lock();
        try {
            while (!threads.isEmpty() && broken == null) {
                ended.await();
            }
            switch (broken) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(broken);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Interrupts those that still run and waits for them to end.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            threads.forEach(Thread::interrupt);
            while (!threads.isEmpty()) {
                // They were interrupted, and every wait of theirs ends by that.
                ended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(Work work) {
        Throwable failure = null;
        try {
            work.run();
        } catch (InterruptedException e) {
            // Asked to stop: whoever closes the crew knows why.
        } catch (Throwable e) {
            failure = e;
        }
        lock.lock();
        try {
            threads.remove(Thread.currentThread());
            if (broken == null) {
                broken = failure;
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
