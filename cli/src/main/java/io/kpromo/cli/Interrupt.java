// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C: interrupts the thread that works and gives it a moment to put things in order and to say what is done.
///
/// The JVM runs this hook at `SIGINT` and `SIGTERM`; the process leaves with 130 after both.
final class Interrupt {
    /// With time left for the last words, less than the two seconds after which a run must be gone.
    private static final long PATIENCE_MILLISECONDS = 1_200;

    private static final Duration LAST_WORDS = Duration.ofMillis(600);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final boolean process;
    private boolean watching;
    private boolean connecting;
    private volatile Runnable lastWords = () -> {};

    private Interrupt(boolean process) {
        this.process = process;
    }

    /// For a run that is the process.
    static Interrupt ofProcess() {
        return new Interrupt(true);
    }

    /// For a run inside another program, which interrupts its thread if it wants to.
    static Interrupt none() {
        return new Interrupt(false);
    }

    /// From now on the calling thread is interrupted when the process is told to stop. Only commands that hold
    /// something open ask for it: the others may die where they stand.
    void watch() {
        connecting = process;
        watchFiles();
    }

    /// The same for commands that open files and no connection.
    void watchFiles() {
        if (!process || watching) {
            return;
        }
        watching = true;
        Thread worker = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("interrupt").unstarted(() -> stop(worker)));
    }

    /// What is still to be said where the work is not in order in time; said while others still work.
    void lastly(Runnable words) {
        lastWords = words;
    }

    /// Whether a command may have opened connections.
    boolean isConnecting() {
        return connecting;
    }

    /// The work is over: a process that ends from now on waits for nothing.
    void ended() {
        ended.countDown();
    }

    private void stop(Thread worker) {
        if (ended.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            boolean inOrder = ended.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (!inOrder) {
                // Whoever works may hold what they wait for.
                Thread.ofVirtual().name("last words").start(lastWords).join(LAST_WORDS);
                System.err.println("interrupted before everything was in order; run the same command again");
            }
        } catch (InterruptedException twice) {
            Thread.currentThread().interrupt();
        }
        System.err.flush();
        Leave.now(ExitCode.INTERRUPTED.number(), connecting);
    }
}
