// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How many files are fetched and written at the same time.
@Timeout(60)
class TurnTest {
    private final Turn.Places places = new Turn.Places(1);
    private final Semaphore moved = new Semaphore(0);

    @Test
    void whoIsBeingWrittenLeavesItsPlaceAmongThoseThatAreFetched() throws Exception {
        Turn first = places.begin();
        Thread second = waiting(places::begin);
        first.write();
        assertThat(moved.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        second.join();
    }

    @Test
    void noMoreAreWrittenThanMay() throws Exception {
        Turn first = places.begin();
        first.write();
        Turn second = places.begin();
        Thread writing = waiting(() -> {
            second.write();
            return second;
        });
        first.end();
        assertThat(moved.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        writing.join();
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
        Thread writing = waiting(() -> {
            third.write();
            return third;
        });
        second.end();
        writing.join();
        third.end();
        places.begin().write();
    }

    @Test
    void whoEndsTwiceWhileItIsFetchedLeavesOnePlace() throws Exception {
        Turn first = places.begin();
        first.end();
        first.end();
        Turn second = places.begin();
        Thread third = waiting(places::begin);
        second.end();
        third.join();
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

    /// Does something for which it has to wait.
    private Thread waiting(Callable<Turn> step) {
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                step.call();
                moved.release();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(moved.availablePermits()).isZero();
            Thread.onSpinWait();
        }
        return thread;
    }
}
