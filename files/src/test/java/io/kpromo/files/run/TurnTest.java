// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How many files are fetched and written at the same time.
@Timeout(60)
class TurnTest {
    private final Turn.Places places = new Turn.Places(1);

    @Test
    void whoIsBeingWrittenLeavesItsPlaceAmongThoseThatAreFetched() throws Exception {
        Turn first = places.begin();
        FutureTask<Turn> second = waiting(places::begin);
        first.write();
        assertThat(second).succeedsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    void noMoreAreWrittenThanMay() throws Exception {
        Turn first = places.begin();
        first.write();
        Turn second = places.begin();
        FutureTask<Turn> writing = waiting(() -> {
            second.write();
            return second;
        });
        first.end();
        assertThat(writing).succeedsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    void whoEndsTwiceLeavesOnePlace() throws Exception {
        Turn first = places.begin();
        first.write();
        first.end();
        first.end();
        Turn second = places.begin();
        second.write();
        Turn third = places.begin();
        FutureTask<Turn> writing = waiting(() -> {
            third.write();
            return third;
        });
        second.end();
        assertThat(writing).succeedsWithin(30, TimeUnit.SECONDS);
        third.end();
        places.begin().write();
    }

    @Test
    void whoEndsTwiceWhileItIsFetchedLeavesOnePlace() throws Exception {
        Turn first = places.begin();
        first.end();
        first.end();
        Turn second = places.begin();
        FutureTask<Turn> third = waiting(places::begin);
        second.end();
        assertThat(third).succeedsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    void whoHasItsPlaceKeepsItAndWhoFailedWhileBeingFetchedLeavesIt() throws Exception {
        Turn first = places.begin();
        first.write();
        first.write();
        first.end();
        places.begin().end();
        places.begin().write();
    }

    /// Begins something for which it has to wait, and returns once it does.
    private static FutureTask<Turn> waiting(Callable<Turn> step) {
        FutureTask<Turn> task = new FutureTask<>(step);
        Thread thread = Thread.ofVirtual().start(task);
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(task).isNotDone();
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the test's time is over")
                    .isFalse();
            Thread.onSpinWait();
        }
        return task;
    }
}
