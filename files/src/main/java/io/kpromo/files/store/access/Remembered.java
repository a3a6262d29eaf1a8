// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import io.kpromo.oci.OciException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What was asked for once is used until shortly before it expires, or until it is [#refused]; many who need it ask
/// once. Who fails to give it is not asked again for a moment, so that many fail together.
///
/// @param <T> a token or keys
public final class Remembered<T extends Passing> {
    /// Who is asked.
    @FunctionalInterface
    public interface Source<T> {
        /// @param refused what it gave before and was refused before its time: that is not to be given again
        T ask(Optional<T> refused) throws InterruptedException;
    }

    /// A request that begins in time may take a while to be answered.
    private static final Duration MARGIN = Duration.ofMinutes(2);
    /// What came in place of something refused, and is refused within this time, is not refused for its age.
    private static final Duration TRIAL = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    /// @param trial until when nothing else is asked for though this be refused
    private record Known<T extends Passing>(Optional<T> value, boolean isRefused, Instant trial) {}

    private record Failure(OciException cause, Instant until) {}

    private final Source<T> source;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicReference<Known<T>> known =
            new AtomicReference<>(new Known<>(Optional.empty(), false, Instant.MIN));
    private Optional<Failure> last = Optional.empty();

    public Remembered(Source<T> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /// @throws OciException where there is none; it says what was tried
    public T get() throws InterruptedException {
        asking.lockInterruptibly();
        try {
            Known<T> before = known.get();
            if (before.value().isPresent()
                    && !before.isRefused()
                    && before.value().get().expires().map(this::isFar).orElse(true)) {
                return before.value().get();
            }
            T now = ask(before.isRefused() ? before.value() : Optional.empty());
            Instant trial = before.isRefused() ? clock.instant().plus(TRIAL) : before.trial();
            known.set(new Known<>(Optional.of(now), false, trial));
            return now;
        } finally {
            asking.unlock();
        }
    }

    private T ask(Optional<T> refused) throws InterruptedException {
        Optional<Failure> recent = last.filter(failure -> clock.instant().isBefore(failure.until()));
        if (recent.isPresent()) {
            OciException cause = recent.get().cause();
            throw new OciException(String.valueOf(cause.getMessage()), cause);
        }
        try {
            return source.ask(refused);
        } catch (OciException e) {
            last = Optional.of(new Failure(e, clock.instant().plus(PAUSE)));
            throw e;
        }
    }

    private boolean isFar(Instant expiry) {
        return clock.instant().isBefore(expiry.minus(MARGIN));
    }

    /// Somebody refuses it though its time is not over. It is forgotten, and not a newer one that is known by now.
    /// Never waits.
    ///
    /// @param one tells whether this is what was refused
    /// @return whether [#get] has another, or may get one
    public boolean refused(Predicate<T> one) {
        Known<T> now = known.get();
        if (now.isRefused() || now.value().filter(one).isEmpty()) {
            return true;
        }
        if (clock.instant().isBefore(now.trial())) {
            return false;
        }
        // Where this fails another thread was first, with the same or with a newer one.
        known.compareAndSet(now, new Known<>(now.value(), true, now.trial()));
        return true;
    }
}
