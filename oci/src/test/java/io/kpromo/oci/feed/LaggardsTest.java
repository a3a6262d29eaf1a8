// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Host;
import io.kpromo.oci.concurrent.Threads;
import io.kpromo.oci.concurrent.Threads.Running;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Hosts that the others no longer wait for.
@Timeout(60)
class LaggardsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private final Host a = new Host("a.example");
    private final Host b = new Host("b.example");
    private final Threads threads = new Threads();

    @AfterEach
    void noThreadIsLeft() {
        threads.close();
    }

    @Test
    void allAreWaitedForWhileTheyAreQuick() throws Exception {
        Laggards<Host> laggards = new Laggards<>(LONG);
        Laggards<Host>.Outstanding outstanding = laggards.outstanding(List.of(a, b, b));
        Running<Boolean> waiting = waiting(outstanding).untilItWaits();
        outstanding.done(b);
        outstanding.done(a);
        waiting.untilItWaits();
        outstanding.done(b);
        assertThat(waiting.get()).isTrue();
        assertThat(laggards.contains(a)).isFalse();
        assertThat(laggards.contains(b)).isFalse();
    }

    @Test
    void aHostThatIsKnownToLagIsNotWaitedFor() throws Exception {
        Laggards<Host> laggards = new Laggards<>(LONG);
        Laggards<Host>.Outstanding outstanding = laggards.outstanding(List.of(a, b));
        Running<Boolean> waiting = waiting(outstanding).untilItWaits();
        laggards.add(b);
        outstanding.done(a);
        assertThat(waiting.get()).isTrue();
    }

    @Test
    void whoIsStillAtWorkLongAfterTheOthersLags() throws Exception {
        Laggards<Host> laggards = new Laggards<>(Duration.ofMillis(5));
        Laggards<Host>.Outstanding outstanding = laggards.outstanding(List.of(a, b));
        outstanding.done(a);
        outstanding.awaitTheOthers();
        assertThat(laggards.contains(b)).isTrue();
        assertThat(laggards.contains(a)).isFalse();
    }

    @Test
    void nobodyLagsBeforeTheFirstIsDone() throws Exception {
        Laggards<Host> laggards = new Laggards<>(Duration.ofNanos(1));
        Laggards<Host>.Outstanding outstanding = laggards.outstanding(List.of(a));
        Running<Boolean> waiting = waiting(outstanding);
        outstanding.done(a);
        assertThat(waiting.get()).isTrue();
        assertThat(laggards.contains(a)).isFalse();
    }

    @Test
    void waitingCanBeInterrupted() {
        Running<Boolean> waiting =
                waiting(new Laggards<Host>(LONG).outstanding(List.of(a))).untilItWaits();
        waiting.interrupt();
        assertThatThrownBy(waiting::get).cause().isInstanceOf(InterruptedException.class);
    }

    @Test
    void oneDestinationReadsOnlySoMuchAloneThatOthersCanToo() throws Exception {
        Lanes<Host> lanes = new Lanes<>(3);
        Lanes.Lane first = lanes.enter(a);
        Lanes.Lane second = lanes.enter(a);
        Running<Boolean> third = entering(lanes, a).untilItWaits();
        Lanes.Lane other = lanes.enter(b);
        Running<Boolean> fourth = entering(lanes, b).untilItWaits();
        first.close();
        assertThat(fourth.get() || third.get()).isTrue();
        second.close();
        other.close();
        assertThat(third.get() && fourth.get()).isTrue();
    }

    @Test
    void whoGivesUpWaitingForALaneBlocksNobody() throws Exception {
        Lanes<Host> lanes = new Lanes<>(1);
        Lanes.Lane first = lanes.enter(a);
        Running<Boolean> second = entering(lanes, b).untilItWaits();
        second.interrupt();
        assertThatThrownBy(second::get).cause().isInstanceOf(InterruptedException.class);
        first.close();
        for (int i = 0; i < 5; i++) {
            assertThat(entering(lanes, b).get()).isTrue();
        }
    }

    private Running<Boolean> entering(Lanes<Host> lanes, Host host) {
        return threads.run(() -> {
            lanes.enter(host).close();
            return true;
        });
    }

    private Running<Boolean> waiting(Laggards<Host>.Outstanding outstanding) {
        return threads.run(() -> {
            outstanding.awaitTheOthers();
            return true;
        });
    }
}
