// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The connections that are open, and which of them wait for a request. The newest is taken first, so that a
/// quiet time lets the others grow old and be closed.
final class ConnectionPool {
    private static final Duration SURELY_ALIVE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

    private final Timeouts timeouts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Origin, Deque<Connection>> idle = new HashMap<>();
    private final Set<Connection> open = new HashSet<>();
    private boolean watched;
    private boolean closed;

    ConnectionPool(Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    /// A connection that waits, if any.
    ///
    /// @param careful looks at it first in any case, since what is to be sent can't be sent again
    Optional<Connection> take(Origin origin, boolean careful) {
        while (true) {
            Connection connection;
            lock.lock();
            try {
                Deque<Connection> waiting = idle.get(origin);
                if (waiting == null || waiting.isEmpty()) {
                    return Optional.empty();
                }
                connection = waiting.pop();
            } finally {
                lock.unlock();
            }
            boolean fresh = System.nanoTime() - connection.idleSince() < SURELY_ALIVE.toNanos();
            if ((fresh && !careful) || connection.alive()) {
                return Optional.of(connection);
            }
            discard(connection);
        }
    }

    /// Keeps an eye on a new connection from here on.
    void opened(Connection connection) {
        lock.lock();
        try {
            if (closed) {
                connection.close();
                return;
            }
            open.add(connection);
            if (!watched) {
                watched = true;
                Thread.ofVirtual().name("kpromo-connections").start(this::watch);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes back a connection that stands before its next answer.
    void release(Connection connection) {
        connection.idle(System.nanoTime());
        lock.lock();
        try {
            if (!closed) {
                idle.computeIfAbsent(connection.origin(), o -> new ArrayDeque<>())
                        .push(connection);
                return;
            }
        } finally {
            lock.unlock();
        }
        discard(connection);
    }

    void discard(Connection connection) {
        connection.close();
        lock.lock();
        try {
            open.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    /// Closes what waits; what is in use closes when it comes back.
    void close() {
        List<Connection> waiting = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            idle.values().forEach(waiting::addAll);
            idle.clear();
        } finally {
            lock.unlock();
        }
        waiting.forEach(this::discard);
    }

    /// Closes connections that waited too long, and those whose write the other side doesn't take. Ends with the
    /// last.
    private void watch() {
        long pause = Math.clamp(
                Math.min(timeouts.stall().toMillis(), timeouts.idle().toMillis()) / 2,
                SHORTEST_PAUSE.toMillis(),
                LONGEST_PAUSE.toMillis());
        try {
            do {
                Thread.sleep(pause);
            } while (sweep(System.nanoTime()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean sweep(long now) {
        List<Connection> old = new ArrayList<>();
        lock.lock();
        try {
            for (Deque<Connection> waiting : idle.values()) {
                while (!waiting.isEmpty()
                        && now - waiting.getLast().idleSince() > timeouts.idle().toNanos()) {
                    old.add(waiting.removeLast());
                }
            }
            for (Connection connection : open) {
                if (connection.stuck(now, timeouts.stall())) {
                    old.add(connection);
                }
            }
            old.forEach(open::remove);
            watched = !open.isEmpty();
            return watched;
        } finally {
            lock.unlock();
            old.forEach(Connection::close);
        }
    }
}
