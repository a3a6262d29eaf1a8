// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Threads.Running;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Threads that work on one thing and end together.
@Timeout(60)
class CrewTest {
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void joiningWaitsForAllAndForThoseThatTheyStart() throws Exception {
        try (Crew crew = new Crew("test")) {
            for (int i = 0; i < 10; i++) {
                crew.start(() -> crew.start(() -> crew.start(ended::incrementAndGet)));
            }
            crew.join();
            assertThat(ended).hasValue(10);
        }
    }

    @Test
    void aFailureIsThrownByJoiningAtOnce() throws Exception {
        try (Crew crew = new Crew("test")) {
            crew.start(this::forever);
            crew.start(() -> {
                throw new OciException("refused");
            });
            assertThatThrownBy(crew::join).hasMessage("refused");
        }
        assertThat(ended).hasValue(1);
    }

    @Test
    void closingInterruptsAllAndWaitsForThem() {
        try (Crew crew = new Crew("test")) {
            for (int i = 0; i < 5; i++) {
                crew.start(this::forever);
            }
        }
        assertThat(ended).hasValue(5);
    }

    @Test
    void whoIsInterruptedWhileItJoinsStillEndsAllByClosing() throws Exception {
        try (Threads threads = new Threads()) {
            Running<Boolean> running = threads.run(() -> {
                try (Crew crew = new Crew("test")) {
                    crew.start(this::forever);
                    crew.join();
                    return true;
                }
            });
            running.untilItWaits().interrupt();
            assertThatThrownBy(running::get).cause().isInstanceOf(InterruptedException.class);
        }
        assertThat(ended).hasValue(1);
    }

    @Test
    void nothingStartsInACrewThatIsClosing() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger late = new AtomicInteger();
        try (Crew crew = new Crew("test")) {
            crew.start(() -> {
                begun.countDown();
                try {
                    forever();
                } finally {
                    crew.start(late::incrementAndGet);
                }
            });
            Threads.await(begun);
        }
        assertThat(ended).hasValue(1);
        assertThat(late).hasValue(0);
    }

    @Test
    void aCrewThatIsClosedWhileChildrenStartOthersLeavesNoneBehind() {
        AtomicInteger running = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            try (Crew crew = new Crew("test")) {
                crew.start(() -> breed(crew, running));
            }
            assertThat(running).hasValue(0);
        }
    }

    private static void breed(Crew crew, AtomicInteger running) {
        running.incrementAndGet();
        try {
            if (!Thread.currentThread().isInterrupted()) {
                crew.start(() -> breed(crew, running));
            }
        } finally {
            running.decrementAndGet();
        }
    }

    private void forever() throws InterruptedException {
        try {
            never.await();
        } finally {
            ended.incrementAndGet();
        }
    }
}
