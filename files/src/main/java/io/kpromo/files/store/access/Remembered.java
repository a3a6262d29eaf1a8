// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What was asked for once is used until shortly before it expires; many who need it ask once.
///
/// @param <T> a token or keys
public final class Remembered<T extends Passing> {
    /// Who is asked.
    @FunctionalInterface
    public interface Source<T> {
        T ask() throws InterruptedException;
    }

    /// A request that begins in time may take a while to be answered.
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Source<T> source;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable T known;

    public Remembered(Source<T> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    public T get() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            T before = known;
            if (before != null && before.expires().map(this::isFar).orElse(true)) {
                return before;
            }
            T now = source.ask();
            known = now;
            return now;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFar(Instant expiry) {
        return clock.instant().isBefore(expiry.minus(MARGIN));
    }
}
