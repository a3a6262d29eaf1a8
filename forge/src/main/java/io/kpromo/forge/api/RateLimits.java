// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.ForgeException;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// How many requests a forge still takes, and when it takes more.
///
/// GitHub's "Rate limits for the REST API": primary limits, each for a kind of requests, told in headers; secondary
/// ones that are told only when they were met. GitLab tells the same in headers of other names. For use by many
/// threads.
public final class RateLimits {
    /// The primary limit is set anew each hour.
    private static final Duration LONGEST = Duration.ofMinutes(65);
    /// What is waited at least where the forge does not say how long.
    private static final Duration UNTOLD = Duration.ofMinutes(1);
    /// A limit that all kinds of requests are under.
    private static final String ALL = "";

    private record Hold(String why, Instant until) {}

    private final Account account;
    private final Time time;
    private final LimitListener listener;
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    public RateLimits(Account account, Time time, LimitListener listener) {
        this.account = account;
        this.time = time;
        this.listener = listener;
    }

    /// The clock, and the bed for waits.
    public Time time() {
        return time;
    }

    /// Waits while the forge takes no request. Who comes while another waits, waits behind it, so that it is told
    /// of once.
    ///
    /// @param bucket the limit that the request counts against
    /// @param why the request is sent
    void await(String bucket, String why) throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            awaitOne(ALL, why);
            awaitOne(bucket, why);
        } finally {
            oneAtATime.unlock();
        }
    }

    private void awaitOne(String bucket, String why) throws InterruptedException {
        Optional<Hold> held = Optional.ofNullable(holds.get(bucket));
        if (held.isEmpty()) {
            return;
        }
        Hold hold = held.get();
        Duration wait = Duration.between(time.now(), hold.until);
        if (wait.isPositive()) {
            String advice = account.signedIn() ? "" : "; with a token in " + account.variable() + " it takes more";
            if (wait.compareTo(LONGEST) > 0) {
                throw new ForgeException(
                        why + ": " + hold.why + " until " + hold.until + ", which is too long to wait for" + advice);
            }
            listener.waiting(hold.why + advice, hold.until);
            time.sleep(wait);
        }
        holds.remove(bucket, hold);
    }

    /// What an answer says of the primary limit.
    ///
    /// @param asked the limit that the request was thought to count against; the answer may name another
    void learned(String asked, Response response) {
        String bucket = response.header("x-ratelimit-resource").orElse(asked);
        Optional<Long> limit = number(response, "limit");
        Optional<Long> remaining = number(response, "remaining");
        Optional<Long> reset = number(response, "reset");
        if (limit.isEmpty() || remaining.isEmpty() || reset.isEmpty()) {
            return;
        }
        Instant until = Instant.ofEpochSecond(reset.get());
        allowances.put(bucket, new Allowance(limit.get(), remaining.get(), until));
        if (remaining.get() == 0) {
            // GitHub's main limit is for an hour; others are for minutes.
            boolean hour = bucket.equals(Ask.CORE)
                    && response.header("x-ratelimit-limit").isPresent();
            String span = (bucket.equals(Ask.CORE) ? "" : bucket + " ") + "requests" + (hour ? " an hour" : "")
                    + " are used up";
            // A second more, for clocks differ.
            holds.put(bucket, new Hold(account.forge() + "'s " + limit.get() + " " + span, until.plusSeconds(1)));
        }
    }

    /// A request was answered by another host than the API, which says nothing of what is left.
    public void spent() {
        allowances.computeIfPresent(
                Ask.CORE,
                (bucket, left) -> new Allowance(left.limit(), Math.max(0, left.remaining() - 1), left.until()));
    }

    /// Whether a refusal (403 or 429) is for a limit: then no more is sent for a while.
    ///
    /// @param said what the forge says of it
    /// @param tries how often it was refused in a row, 1 or more
    boolean refused(Response response, String said, int tries) {
        Optional<Long> after = response.header("retry-after").flatMap(RateLimits::number);
        if (after.isPresent()) {
            hold(Duration.ofSeconds(after.get()));
            return true;
        }
        boolean usedUp = number(response, "remaining").orElse(1L) == 0;
        if (usedUp && holds.values().stream().anyMatch(hold -> hold.until.isAfter(time.now()))) {
            return true; // learned already
        }
        // Used up until a moment that is over: by this clock, which may be ahead of the forge's.
        if (usedUp || response.status() == 429 || said.contains("secondary rate limit")) {
            hold(UNTOLD.multipliedBy(1L << Math.min(tries - 1, 4)));
            return true;
        }
        return false;
    }

    /// A limit was told of in a body, as GraphQL does it: where nothing said until when, a minute is waited.
    public void refused(String bucket) {
        holds.computeIfAbsent(
                bucket,
                b -> new Hold(
                        account.forge() + "'s " + b + " requests are used up",
                        time.now().plus(UNTOLD)));
    }

    private void hold(Duration wait) {
        holds.put(
                ALL,
                new Hold(
                        account.forge() + " asks for fewer requests", time.now().plus(wait)));
    }

    /// How many requests the forge takes, as far as it said.
    public Optional<Allowance> allowance() {
        return Optional.ofNullable(allowances.get(Ask.CORE));
    }

    private static Optional<Long> number(Response response, String what) {
        return response.header("x-ratelimit-" + what)
                .or(() -> response.header("ratelimit-" + what))
                .flatMap(RateLimits::number);
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,12}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
