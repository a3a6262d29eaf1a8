// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kpromo.oci.concurrent.Threads;
import io.kpromo.oci.concurrent.Threads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rates, by a clock that the test moves.
class RateLimitTest {
    private static final double SECOND = 1e9;

    private final FakeTime time = new FakeTime();

    @Property(tries = 200)
    void noSecondEverHoldsMoreThanTheRateAndItsBurst(
            @ForAll @DoubleRange(min = 1, max = 500) double rate,
            @ForAll @Size(min = 1, max = 400) List<@IntRange(min = 0, max = 200) Integer> pausesMillis) {
        FakeTime clock = new FakeTime();
        RateLimit limit = new RateLimit(clock, rate);
        List<Double> sent = new ArrayList<>();
        for (int pause : pausesMillis) {
            clock.pass(Duration.ofMillis(pause));
            sent.add((clock.nanos() + limit.reserve()) / SECOND);
        }
        double most = Math.max(1, 0.1 * rate) + rate + 1;
        for (int first = 0; first < sent.size(); first++) {
            int last = first;
            while (last < sent.size() && sent.get(last) < sent.get(first) + 1) {
                last++;
            }
            assertThat((double) last - first).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void withoutALimitNobodyWaits() {
        RateLimit limit = new RateLimit(time, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(limit.reserve()).isZero();
        }
    }

    @Test
    void aRefusalHalvesWhatWasMeasuredAndTimeBringsItBack() throws Exception {
        RateLimit limit = new RateLimit(time, 0);
        send(limit, 300, Duration.ofMillis(10));
        assertThat(limit.refused(time.nanos())).isTrue();
        assertThat(limit.perSecond()).isCloseTo(50, within(1.0));
        time.pass(Duration.ofSeconds(10));
        assertThat(limit.perSecond()).isCloseTo(100, within(2.0));
        time.pass(Duration.ofSeconds(25));
        assertThat(limit.perSecond()).isZero();
    }

    @Test
    void refusalsOfOneVolleyCountOnce() throws Exception {
        RateLimit limit = new RateLimit(time, 0);
        send(limit, 300, Duration.ofMillis(10));
        long before = time.nanos();
        assertThat(limit.refused(before)).isTrue();
        time.pass(Duration.ofMillis(100));
        assertThat(limit.refused(before)).isFalse();
        assertThat(limit.refused(time.nanos())).isTrue();
    }

    @Test
    void aRateNeverDropsToNothing() {
        RateLimit limit = new RateLimit(time, 0);
        for (int i = 0; i < 100; i++) {
            time.pass(Duration.ofMillis(1));
            limit.refused(time.nanos());
        }
        assertThat(limit.perSecond()).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void aRateThatWasSetIsNeverPassedByRecovery() throws Exception {
        RateLimit limit = new RateLimit(time, 50);
        send(limit, 200, Duration.ZERO);
        limit.refused(time.nanos());
        assertThat(limit.perSecond()).isLessThan(30);
        time.pass(Duration.ofHours(1));
        assertThat(limit.perSecond()).isEqualTo(50);
    }

    private void send(RateLimit limit, int requests, Duration pause) throws InterruptedException {
        for (int i = 0; i < requests; i++) {
            time.sleep(Duration.ofNanos(limit.reserve()));
            time.pass(pause);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gcr.io, true",
        "eu.gcr.io, true",
        "us-docker.pkg.dev, true",
        "registry.k8s.io, false",
        "notgcr.io, false",
        "gcr.io.example.com, false",
        "quay.io, false"
    })
    void googlesHostsShareOneQuota(String host, boolean google) {
        assertThat(HostGates.isGoogles(host)).isEqualTo(google);
        HostGates gates = new HostGates(time, TransportOptions.standard());
        assertThat(slept(gates, "gcr.io", host)).isEqualTo(google);
    }

    /// Whether a volley to one host makes the other wait.
    private boolean slept(HostGates gates, String first, String second) {
        try {
            for (int i = 0; i < 5; i++) {
                gates.of(first).enter(Kind.PING).close();
            }
            int before = time.sleeps().size();
            gates.of(second).enter(Kind.PING).close();
            return time.sleeps().size() > before;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void smallQuestionsPassLargeBodies() throws Exception {
        HostGate gate = new HostGate("h", time, 1, Duration.ofMinutes(1), new RateLimit(time, 0), List.of());
        HostGate.Permit held = gate.enter(Kind.PING);
        List<Kind> order = Collections.synchronizedList(new ArrayList<>());
        try (Threads threads = new Threads()) {
            List<Running<Boolean>> callers = new ArrayList<>();
            for (Kind kind : List.of(Kind.PUT_BLOB, Kind.GET_BLOB, Kind.HEAD_MANIFEST)) {
                callers.add(threads.run(() -> {
                            try (HostGate.Permit _ = gate.enter(kind)) {
                                return order.add(kind);
                            }
                        })
                        .untilItWaits());
            }
            held.close();
            for (Running<Boolean> caller : callers) {
                caller.get();
            }
        }
        assertThat(order).containsExactly(Kind.HEAD_MANIFEST, Kind.PUT_BLOB, Kind.GET_BLOB);
    }

    @Test
    void whoGivesUpWaitingLeavesItsPlace() throws Exception {
        HostGate gate = new HostGate("h", time, 1, Duration.ofMinutes(1), new RateLimit(time, 0), List.of());
        HostGate.Permit held = gate.enter(Kind.PING);
        try (Threads threads = new Threads()) {
            Running<HostGate.Permit> impatient =
                    threads.run(() -> gate.enter(Kind.PING)).untilItWaits();
            impatient.interrupt();
            assertThatThrownBy(impatient::get).hasCauseInstanceOf(InterruptedException.class);
        }
        held.close();
        gate.enter(Kind.PING).close();
    }
}
