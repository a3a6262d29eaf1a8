// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Goes through steps: looks, does what can be done, ticks boxes, and waits for others as long as it may.
///
/// It remembers nothing: whoever is interrupted begins anew, and finds what is done.
public final class Walk {
    /// Is told what happens.
    public interface Listener {
        /// Where a step stands now.
        void stands(Step step, Standing standing);

        /// The step is done now, as far as it can be.
        void performs(Step step, Standing.Ready ready);

        /// Others are waited for.
        ///
        /// @param left until waiting ends
        void waits(Step step, Standing.Waiting waiting, Duration left);
    }

    /// The release that is gone through.
    public interface Course {
        /// Ticks the boxes of a step that is over.
        void tick(Step step, Standing.Done done) throws InterruptedException;

        /// Forgets what was seen, so that the next look sees what is there then.
        void forget();
    }

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final boolean confirm;
    private final Duration patience;
    private final Course course;
    private final Listener listener;
    private final Time time;

    /// @param confirm whether anything may be changed
    /// @param patience how long others are waited for, in each step anew; nothing for not at all
    public Walk(boolean confirm, Duration patience, Course course, Listener listener, Time time) {
        this.confirm = confirm;
        this.patience = patience;
        this.course = course;
        this.listener = listener;
        this.time = time;
    }

    /// Goes through them until one does not come to its end.
    ///
    /// @return where that one stands; empty where all are over
    public Optional<Standing> through(List<Step> steps) throws InterruptedException {
        for (Step step : steps) {
            Standing standing = to(step);
            if (!standing.isOver()) {
                return Optional.of(standing);
            }
        }
        return Optional.empty();
    }

    /// Does one step.
    ///
    /// @return where it stands at the end
    public Standing to(Step step) throws InterruptedException {
        Standing standing = step.look();
        if (confirm && standing instanceof Standing.Ready ready) {
            standing = performed(step, ready);
        }
        standing = waited(step, standing);
        if (confirm && standing instanceof Standing.Done done) {
            course.tick(step, done);
        }
        listener.stands(step, standing);
        return standing;
    }

    private Standing waited(Step step, Standing first) throws InterruptedException {
        Instant end = time.now().plus(patience);
        Standing standing = first;
        Duration pause = FIRST_PAUSE;
        while (standing instanceof Standing.Waiting waiting && time.now().isBefore(end)) {
            Duration left = Duration.between(time.now(), end);
            listener.waits(step, waiting, left);
            time.sleep(pause.compareTo(left) < 0 ? pause : left);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            course.forget();
            standing = step.look();
            if (confirm && standing instanceof Standing.Ready ready) {
                standing = performed(step, ready);
            }
        }
        return standing;
    }

    /// What follows sees what is there afterwards, also where it took long.
    private Standing performed(Step step, Standing.Ready ready) throws InterruptedException {
        listener.performs(step, ready);
        Standing standing = step.perform();
        course.forget();
        return standing;
    }
}
