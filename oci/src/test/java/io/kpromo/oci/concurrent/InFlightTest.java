// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Threads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Work that many ask for and one does.
@Timeout(60)
class InFlightTest {
    private final InFlight<String, String> work = InFlight.keeping();
    private final Threads threads = new Threads();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void noThreadIsLeft() {
        threads.close();
    }

    @Test
    void tenWhoAskTogetherAreAnsweredByOneCall() throws Exception {
        List<Running<String>> all = new ArrayList<>();
        all.add(threads.run(() -> work.once("a", this::slowly)));
        Threads.await(begun);
        for (int i = 0; i < 9; i++) {
            all.add(threads.run(() -> work.once("a", this::slowly)).untilItWaits());
        }
        goOn.countDown();
        for (Running<String> one : all) {
            assertThat(one.get()).isEqualTo("done");
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatIsDoneIsNotDoneAgain() throws Exception {
        goOn.countDown();
        work.once("a", this::slowly);
        assertThat(work.once("a", this::slowly)).isEqualTo("done");
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatIsForgottenIsDoneAgain() throws Exception {
        goOn.countDown();
        work.once("a", this::slowly);
        work.forget("a");
        work.once("a", this::slowly);
        assertThat(calls).hasValue(2);
    }

    @Test
    void whatOnlyPassesIsSharedByThoseWhoWaitAndDoneAgainForThoseWhoComeLater() throws Exception {
        InFlight<String, String> passing = InFlight.passing(Duration.ofMinutes(5));
        Running<String> first = threads.run(() -> passing.once("a", this::slowly));
        Threads.await(begun);
        Running<String> second =
                threads.run(() -> passing.once("a", this::slowly)).untilItWaits();
        goOn.countDown();
        assertThat(first.get()).isEqualTo("done");
        assertThat(second.get()).isEqualTo("done");
        assertThat(calls).hasValue(1);
        assertThat(passing.once("a", () -> "anew")).isEqualTo("anew");
    }

    @Test
    void theWaitForAnothersWorkHasAnEnd() throws Exception {
        InFlight<String, String> passing = InFlight.passing(Duration.ofMillis(1));
        Running<String> first = threads.run(() -> passing.once("a", this::slowly));
        Threads.await(begun);
        assertThatThrownBy(() -> passing.once("a", this::slowly))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("did not come in time");
        goOn.countDown();
        assertThat(first.get()).isEqualTo("done");
        assertThat(calls).hasValue(1);
    }

    @Test
    void aFailureIsToldToThoseWhoWaitAndThenForgotten() throws Exception {
        Running<String> first = threads.run(() -> work.once("a", () -> {
            slowly();
            throw new OciException("refused");
        }));
        Threads.await(begun);
        Running<String> second =
                threads.run(() -> work.once("a", () -> "not needed")).untilItWaits();
        goOn.countDown();
        assertThatThrownBy(first::get).hasRootCauseMessage("refused");
        assertThatThrownBy(second::get).hasRootCauseMessage("refused");
        assertThat(work.once("a", () -> "better")).isEqualTo("better");
    }

    @Test
    void whenTheFirstIsInterruptedTheSecondTakesOver() throws Exception {
        Running<String> first = threads.run(() -> work.once("a", this::slowly));
        Threads.await(begun);
        Running<String> second =
                threads.run(() -> work.once("a", () -> "taken over")).untilItWaits();
        first.interrupt();
        assertThat(second.get()).isEqualTo("taken over");
        assertThatThrownBy(first::get).cause().isInstanceOf(InterruptedException.class);
    }

    @Test
    void whoWaitsCanBeInterruptedAndTheWorkGoesOn() throws Exception {
        Running<String> first = threads.run(() -> work.once("a", this::slowly));
        Threads.await(begun);
        Running<String> second = threads.run(() -> work.once("a", this::slowly)).untilItWaits();
        second.interrupt();
        assertThatThrownBy(second::get).cause().isInstanceOf(InterruptedException.class);
        goOn.countDown();
        assertThat(first.get()).isEqualTo("done");
    }

    @Test
    void anUnexpectedFailureIsForgottenToo() throws Exception {
        assertThatThrownBy(() -> work.once("a", () -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(work.once("a", () -> "better")).isEqualTo("better");
    }

    private String slowly() throws InterruptedException {
        calls.incrementAndGet();
        begun.countDown();
        Threads.await(goOn);
        return "done";
    }
}
