// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.concurrent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Work on the same thing is done by one thread after the other; work on different things goes on side by side.
///
/// There is no limit to the wait for another's turn: it ends when that work does, whose own waits have limits.
///
/// @param <K> what is worked on
public final class OneAtATime<K> {
    private final ReentrantLock guard = new ReentrantLock();
    private final Map<K, Turn> turns = new HashMap<>();

    /// The turns at one thing, and how many threads have or await one.
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;
    }

    /// Does the work when it is this thread's turn.
    ///
    /// @throws InterruptedException when interrupted while waiting or working
    public <V> V run(K key, InFlight.Work<V> work) throws InterruptedException {
        Turn turn = join(key);
        try {
            turn.lock.lockInterruptibly();
            try {
                return work.run();
            } finally {
                turn.lock.unlock();
            }
        } finally {
            leave(key, turn);
        }
    }

    private Turn join(K key) {
        guard.lock();
        try {
            Turn turn = turns.computeIfAbsent(key, _ -> new Turn());
            turn.users++;
            return turn;
        } finally {
            guard.unlock();
        }
    }

    private void leave(K key, Turn turn) {
        guard.lock();
        try {
            if (--turn.users == 0) {
                turns.remove(key);
            }
        } finally {
            guard.unlock();
        }
    }
}
