// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkTest {
    private static final Standing DONE = new Standing.Done("done");
    private static final Standing READY = new Standing.Ready(List.of("do it"));
    private static final Standing WAITING = new Standing.Waiting("a person");

    private final List<String> told = new ArrayList<>();
    private final Clockwork clock = new Clockwork();

    @Test
    void withoutConfirmationNothingIsDoneAndNoBoxIsTicked() throws InterruptedException {
        assertThat(walk(false, Duration.ZERO).through(List.of(step("a", DONE), step("b", READY), step("c", DONE))))
                .contains(READY);
        assertThat(told).containsExactly("a done", "b ready");
    }

    @Test
    void whatIsReadyIsDoneAndItsBoxTicked() throws InterruptedException {
        assertThat(walk(true, Duration.ZERO).through(List.of(step("a", READY, DONE), step("b", DONE))))
                .isEmpty();
        assertThat(told).containsExactly("a performed", "forgotten", "a ticked", "a done", "b ticked", "b done");
    }

    @Test
    void othersAreWaitedForUntilTheyAreDone() throws InterruptedException {
        assertThat(walk(true, Duration.ofMinutes(30)).to(step("a", WAITING, WAITING, DONE)))
                .isEqualTo(DONE);
        assertThat(clock.slept).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(told).containsExactly("a waits", "forgotten", "a waits", "forgotten", "a ticked", "a done");
    }

    @Test
    void waitingIsBounded() throws InterruptedException {
        Standing[] always = new Standing[100];
        Arrays.fill(always, WAITING);

        assertThat(walk(true, Duration.ofSeconds(60)).to(step("a", always))).isEqualTo(WAITING);
        assertThat(clock.slept.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whoIsInterruptedWhileWaitingStopsAtOnce() {
        clock.interrupting = true;

        assertThatThrownBy(() -> walk(true, Duration.ofHours(1)).to(step("a", WAITING)))
                .isInstanceOf(InterruptedException.class);
        assertThat(told).containsExactly("a waits");
    }

    private Walk walk(boolean confirm, Duration patience) {
        return new Walk(confirm, patience, new Course(told), new Told(told), clock);
    }

    private static Step step(String id, Standing... standings) {
        return new Scripted(id, Arrays.asList(standings).iterator());
    }

    private record Scripted(String id, Iterator<Standing> standings) implements Step {
        @Override
        public String title() {
            return id;
        }

        @Override
        public List<String> boxes() {
            return List.of();
        }

        @Override
        public Standing look() {
            return standings.next();
        }

        @Override
        public Standing perform() {
            return standings.next();
        }
    }

    private record Course(List<String> told) implements Walk.Course {
        @Override
        public void tick(Step step, Standing.Done done) {
            told.add(step.id() + " ticked");
        }

        @Override
        public void forget() {
            told.add("forgotten");
        }
    }

    private record Told(List<String> told) implements Walk.Listener {
        @Override
        public void stands(Step step, Standing standing) {
            told.add(step.id() + " " + standing.word());
        }

        @Override
        public void performs(Step step, Standing.Ready ready) {
            told.add(step.id() + " performed");
        }

        @Override
        public void waits(Step step, Standing.Waiting waiting, Duration left) {
            told.add(step.id() + " waits");
        }
    }

    private static final class Clockwork implements Time {
        private final List<Duration> slept = new ArrayList<>();
        private Instant now = Instant.EPOCH;
        private boolean interrupting;

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (interrupting) {
                throw new InterruptedException();
            }
            slept.add(duration);
            now = now.plus(duration);
        }
    }
}
