// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {
    private final OneAtATime<String> turns = new OneAtATime<>();
    private final Threads threads = new Threads();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.close();
    }

    private Threads.Running<String> holder() throws InterruptedException {
        Threads.Running<String> holder = threads.run(() -> turns.run("a", () -> {
            begun.countDown();
            Threads.await(go);
            return "held";
        }));
        Threads.await(begun);
        return holder;
    }

    @Test
    void workOnTheSameWaits() throws Exception {
        Threads.Running<String> holder = holder();
        AtomicInteger done = new AtomicInteger();
        Threads.Running<Integer> second =
                threads.run(() -> turns.run("a", done::incrementAndGet)).untilItWaits();

        assertThat(done).hasValue(0);
        go.countDown();
        assertThat(holder.get()).isEqualTo("held");
        assertThat(second.get()).isEqualTo(1);
    }

    @Test
    void workOnAnotherDoesNotWait() throws Exception {
        holder();

        assertThat(turns.run("b", () -> 2)).isEqualTo(2);
    }

    @Test
    void whoWaitsCanBeInterruptedAndTheNextComesToItsTurn() throws Exception {
        holder();
        Threads.Running<Integer> second =
                threads.run(() -> turns.run("a", () -> 2)).untilItWaits();
        second.interrupt();
        assertThatThrownBy(second::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);

        go.countDown();
        assertThat(turns.run("a", () -> 3)).isEqualTo(3);
    }

    @Test
    void aFailureEndsTheTurn() throws Exception {
        assertThatThrownBy(() -> turns.run("a", () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(turns.run("a", () -> 4)).isEqualTo(4);
    }
}
