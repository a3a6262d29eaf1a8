// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.files.store.StoreException;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// How many requests GitHub still takes, and when it takes more. GitHub's "Rate limits for the REST API": a primary
/// limit an hour, told in headers; secondary ones that are told only when they were met.
final class RateLimits {
    /// The primary limit is set anew each hour.
    private static final Duration LONGEST = Duration.ofMinutes(65);
    /// What is waited at least where GitHub does not say how long.
    private static final Duration UNTOLD = Duration.ofMinutes(1);

    private record Hold(String why, Instant until) {}

    private final Time time;
    private final LimitListener listener;
    private final boolean signedIn;
    private final AtomicReference<Optional<Hold>> hold = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Allowance>> allowance = new AtomicReference<>(Optional.empty());

    RateLimits(Time time, LimitListener listener, boolean signedIn) {
        this.time = time;
        this.listener = listener;
        this.signedIn = signedIn;
    }

    /// Waits while GitHub takes no request.
    ///
    /// @param why the request is sent
    void await(String why) throws InterruptedException {
        Optional<Hold> held = hold.get();
        Duration wait = held.map(h -> Duration.between(time.now(), h.until)).orElse(Duration.ZERO);
        if (held.isEmpty() || wait.isNegative() || wait.isZero()) {
            return;
        }
        String advice = signedIn ? "" : "; with a token in GITHUB_TOKEN it takes more";
        if (wait.compareTo(LONGEST) > 0) {
            throw new StoreException(why + ": " + held.get().why + " until " + held.get().until
                    + ", which is too long to wait for" + advice);
        }
        listener.waiting(held.get().why + advice, held.get().until);
        time.sleep(wait);
        hold.compareAndSet(held, Optional.empty());
    }

    /// What an answer says of the primary limit.
    void learned(Response response) {
        Optional<Long> limit = number(response, "x-ratelimit-limit");
        Optional<Long> remaining = number(response, "x-ratelimit-remaining");
        Optional<Long> reset = number(response, "x-ratelimit-reset");
        if (limit.isEmpty() || remaining.isEmpty() || reset.isEmpty()) {
            return;
        }
        Instant until = Instant.ofEpochSecond(reset.get());
        allowance.set(Optional.of(new Allowance(limit.get(), remaining.get(), until)));
        if (remaining.get() == 0) {
            // A second more, for clocks differ.
            hold.set(Optional.of(
                    new Hold("GitHub's " + limit.get() + " requests an hour are used up", until.plusSeconds(1))));
        }
    }

    /// A request was answered by another host than the API, which says nothing of what is left.
    void spent() {
        allowance.updateAndGet(known ->
                known.map(left -> new Allowance(left.limit(), Math.max(0, left.remaining() - 1), left.until())));
    }

    /// Whether a refusal (403 or 429) is for a limit: then no more is sent for a while.
    ///
    /// @param said what GitHub says of it
    /// @param tries how often it was refused in a row, 1 or more
    boolean refused(Response response, String said, int tries) {
        Optional<Long> after = number(response, "retry-after");
        if (after.isPresent()) {
            hold(Duration.ofSeconds(after.get()));
            return true;
        }
        if (number(response, "x-ratelimit-remaining").orElse(1L) == 0) {
            return true; // learned already
        }
        if (response.status() == 429 || said.contains("secondary rate limit")) {
            hold(UNTOLD.multipliedBy(1L << Math.min(tries - 1, 4)));
            return true;
        }
        return false;
    }

    private void hold(Duration wait) {
        hold.set(Optional.of(
                new Hold("GitHub asks for fewer requests", time.now().plus(wait))));
    }

    Optional<Allowance> allowance() {
        return allowance.get();
    }

    private static Optional<Long> number(Response response, String header) {
        return response.header(header)
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(Long::parseLong);
    }
}
