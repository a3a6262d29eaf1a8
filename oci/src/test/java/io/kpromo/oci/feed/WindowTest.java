// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.concurrent.Threads;
import io.kpromo.oci.concurrent.Threads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The memory that all contents on their way share.
@Timeout(60)
class WindowTest {
    private final Window window = new Window(100, Duration.ofMinutes(5));
    private final Threads threads = new Threads();

    @AfterEach
    void noThreadIsLeftAndAllRoomIsGivenBack() {
        threads.close();
        assertThat(window.free()).isEqualTo(100);
    }

    @Test
    void roomIsHadAtOnceWhereItIsFree() throws Exception {
        window.take(60);
        window.take(40);
        assertThat(window.free()).isZero();
        window.give(100);
    }

    @Test
    void whoFindsNoRoomWaitsUntilOthersGiveIt() throws Exception {
        window.take(60);
        Running<Boolean> waiting = taking(50).untilItWaits();
        window.give(60);
        assertThat(waiting.get()).isTrue();
        assertThat(window.free()).isEqualTo(50);
        window.give(50);
    }

    @Test
    void muchRoomIsHadInItsTurnThoughLittleWouldFitBefore() throws Exception {
        window.take(60);
        Running<Boolean> much = taking(80).untilItWaits();
        Running<Boolean> little = taking(30).untilItWaits();
        assertThat(window.tryTake(10)).isFalse();
        window.give(60);
        assertThat(much.get()).isTrue();
        little.untilItWaits();
        window.give(80);
        assertThat(little.get()).isTrue();
        window.give(30);
    }

    @Test
    void whoIsInterruptedTakesNothingAndTheNextHasItsTurn() throws Exception {
        window.take(60);
        Running<Boolean> first = taking(80).untilItWaits();
        Running<Boolean> second = taking(30).untilItWaits();
        first.interrupt();
        assertThatThrownBy(first::get).cause().isInstanceOf(InterruptedException.class);
        assertThat(second.get()).isTrue();
        window.give(90);
    }

    @Test
    void moreThanThereIsIsRefusedAtOnce() {
        assertThatThrownBy(() -> window.take(101)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tryingTakesOnlyWhatIsFree() throws Exception {
        assertThat(window.tryTake(70)).isTrue();
        assertThat(window.tryTake(31)).isFalse();
        assertThat(window.tryTake(30)).isTrue();
        window.give(100);
    }

    @Test
    void noWakeUpIsLostAmongManyWhoTakeAndGive() throws Exception {
        List<Running<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int seed = i;
            all.add(threads.run(() -> {
                Random random = new Random(seed);
                for (int n = 0; n < 200; n++) {
                    long bytes = 1L + random.nextInt(100);
                    window.take(bytes);
                    window.give(bytes);
                }
                return true;
            }));
        }
        for (Running<Boolean> one : all) {
            assertThat(one.get()).isTrue();
        }
    }

    private Running<Boolean> taking(long bytes) {
        return threads.run(() -> {
            window.take(bytes);
            return true;
        });
    }
}
