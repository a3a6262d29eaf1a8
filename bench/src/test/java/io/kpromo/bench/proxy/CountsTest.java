// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CountsTest {
    private final Counts counts = new Counts();

    @Test
    void whoWantsWholeCountsWaitsForTheRequestsUnderWay() throws Exception {
        counts.begin(RequestKind.GET_BLOB);
        FutureTask<String> printed = new FutureTask<>(() -> {
            StringBuilder lines = new StringBuilder();
            assertThat(counts.settle(Duration.ofSeconds(50))).isZero();
            counts.print(lines);
            return lines.toString();
        });
        Thread printing = Thread.ofVirtual().start(printed);
        while (printing.getState() != Thread.State.TIMED_WAITING) {
            assertThat(printed).isNotDone();
            Thread.onSpinWait();
        }
        counts.bodies(RequestKind.GET_BLOB, 0, 12);
        counts.end();
        assertThat(printed.get(30, TimeUnit.SECONDS)).isEqualTo("kind GET_BLOB 1 0 12\n");
    }

    @Test
    void aRequestThatNeverEndsIsToldOf() throws Exception {
        counts.begin(RequestKind.PING);
        counts.begin(RequestKind.PING);
        counts.end();
        assertThat(counts.settle(Duration.ofMillis(1))).isEqualTo(1);
    }
}
