// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Threads.Running;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How much memory a feed takes, who is left behind for it, and who is not.
@Timeout(60)
class FeedRoomTest extends OneBlob {
    @Test
    void noMoreThanItsPartOfTheWindowIsUsed() throws Exception {
        try (Feed feed = shared(4)) {
            Share share = feed.share();
            InputStream in = share.open(0);
            Running<Boolean> reader = reader(feed).untilItWaits();
            assertThat(window.free()).isEqualTo(ROOM - 4L * Feed.PIECE);
            assertThat(feed.offset()).isEqualTo(4L * Feed.PIECE);
            assertThat(in.readAllBytes()).isEqualTo(bytes);
            assertThat(reader.get()).isTrue();
        }
    }

    @Test
    void twoPiecesAreEnoughToGetOnWhereNothingElseIsFree() throws Exception {
        try (Feed feed = shared(8)) {
            feed.reserve();
            long rest = window.free();
            window.take(rest);
            List<Running<byte[]>> takers = takers(feed, 3);
            feed.take(source());
            for (Running<byte[]> taker : takers) {
                assertThat(taker.get()).isEqualTo(bytes);
            }
            window.give(rest);
        }
    }

    @Test
    void aKeptBlobTakesAllItsRoomAtOnce() throws Exception {
        window.take(ROOM - SIZE + 1);
        try (Feed feed = Feed.shared(blob, window, true, 0)) {
            Running<Boolean> reader = reader(feed).untilItWaits();
            assertThat(feed.offset()).isZero();
            window.give(ROOM - SIZE + 1);
            assertThat(reader.get()).isTrue();
            assertThat(window.free()).isEqualTo(ROOM - SIZE);
        }
    }

    @Test
    void aKeptBlobCanBeTakenAgainAndAgain() throws Exception {
        try (Feed feed = Feed.shared(blob, window, true, 0)) {
            Share share = feed.share();
            feed.take(source());
            assertThat(share.awaitAll()).isTrue();
            assertThat(share.open(0).readAllBytes()).isEqualTo(bytes);
            assertThat(share.has(0)).isTrue();
            assertThat(share.open(0).readAllBytes()).isEqualTo(bytes);
            Share late = feed.share();
            assertThat(late.has(0)).isTrue();
        }
    }

    @Test
    void aKeptBlobGoesWhenItsRoomIsWantedAndNobodyTakesItAnyMore() throws Exception {
        window = new Window(ROOM, Duration.ofMillis(1));
        try (Feed feed = Feed.shared(blob, window, true, 0)) {
            Share share = feed.share();
            feed.take(source());
            share.close();
            window.take(ROOM);
            window.give(ROOM);
            assertThat(feed.share().has(0)).isFalse();
        }
    }

    @Test
    void whatIsKeptForOthersStaysThereWhateverRoomIsWanted() throws Exception {
        window = new Window(ROOM, Duration.ofNanos(1));
        try (Feed feed = Feed.shared(blob, window, true, 0)) {
            Share keeper = feed.share();
            feed.take(source());
            keeper.keep();
            feed.leaveBehindTheStill();
            assertThat(keeper.leftBehind()).isFalse();
            Share taker = feed.share();
            assertThat(taker.open(0).readAllBytes()).isEqualTo(bytes);
            keeper.close();
            taker.close();
            assertThat(window.free()).isEqualTo(ROOM);
        }
    }

    @Test
    void whoKeepsWhatCantBeHadLeavesItToTheTakersToFindOut() throws Exception {
        try (Feed feed = Feed.shared(blob, window, true, 0)) {
            Share keeper = feed.share();
            Running<Boolean> keeping = threads.run(() -> {
                        keeper.keep();
                        return true;
                    })
                    .untilItWaits();
            feed.fail(new OciException("gone"));
            assertThat(keeping.get()).isTrue();
            assertThatThrownBy(feed.share()::awaitAll).hasMessageContaining("gone");
        }
    }

    @Test
    void whoStandsStillIsLeftBehindAndTheOthersFinish() throws Exception {
        window = new Window(ROOM, Duration.ofMillis(250));
        try (Feed feed = shared(2)) {
            Share still = feed.share();
            InputStream begun = still.open(0);
            Running<byte[]> other = takers(feed, 1).getFirst();
            feed.take(source());
            assertThat(other.get()).isEqualTo(bytes);
            assertThat(still.leftBehind()).isTrue();
            assertThat(still.has(0)).isFalse();
            assertThatThrownBy(begun::read)
                    .isInstanceOfSatisfying(
                            LostPlace.class, e -> assertThat(e.wrong()).isFalse());
        }
    }

    @Test
    void whoWaitsForTheSourceIsNotLeftBehind() throws Exception {
        window = new Window(ROOM, Duration.ofNanos(1));
        try (Feed feed = Feed.shared(blob, window, true, 0)) {
            Share share = feed.share();
            Running<Boolean> taker = threads.run(share::awaitAll).untilItWaits();
            assertThatThrownBy(() -> feed.take(breaking(0, 3 * Feed.PIECE))).hasMessage("reset");
            feed.leaveBehindTheStill();
            assertThat(share.leftBehind()).isFalse();
            feed.take(new ByteArrayInputStream(bytes, 3 * Feed.PIECE, SIZE - 3 * Feed.PIECE));
            assertThat(taker.get()).isTrue();
        }
    }

    @Test
    void whoComesLateReadsAlone() throws Exception {
        try (Feed feed = shared(2)) {
            Running<byte[]> early = takers(feed, 1).getFirst();
            feed.take(source());
            assertThat(early.get()).isEqualTo(bytes);
            Share late = feed.share();
            assertThat(late.has(0)).isFalse();
            assertThat(late.leftBehind()).isFalse();
        }
    }

    @Test
    void whoReadsAloneMayTakeItsTime() throws Exception {
        window = new Window(ROOM, Duration.ofMillis(1));
        try (Feed feed = Feed.alone(blob, window, Feed.PIECE)) {
            Share share = feed.share();
            Running<Boolean> reader =
                    threads.run(() -> take(feed, new ByteArrayInputStream(bytes, Feed.PIECE, SIZE - Feed.PIECE)));
            reader.untilItWaits();
            feed.leaveBehindTheStill();
            assertThat(share.open(Feed.PIECE).readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, Feed.PIECE, SIZE));
            assertThat(reader.get()).isTrue();
        }
    }

    @Test
    void whoNeedsNoMoreHoldsNobodyUp() throws Exception {
        try (Feed feed = shared(2)) {
            Share failed = feed.share();
            List<Running<byte[]>> takers = takers(feed, 2);
            failed.close();
            feed.take(source());
            for (Running<byte[]> taker : takers) {
                assertThat(taker.get()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void aFailureGivesTheReserveBackAtOnce() throws Exception {
        try (Feed feed = shared(4)) {
            feed.reserve();
            assertThat(window.free()).isEqualTo(ROOM - 2L * Feed.PIECE);
            feed.fail(new OciException("gone"));
            assertThat(window.free()).isEqualTo(ROOM);
        }
    }

    @Test
    void aReaderThatIsInterruptedWhileItWaitsForRoomLosesNone() throws Exception {
        try (Feed feed = shared(2)) {
            feed.share();
            Running<Boolean> reader = reader(feed).untilItWaits();
            reader.interrupt();
            assertThatThrownBy(reader::get).cause().isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aReaderThatIsInterruptedWhileItWaitsForItsReserveLosesNone() throws Exception {
        window.take(ROOM);
        try (Feed feed = shared(2)) {
            Running<Boolean> reader = reader(feed).untilItWaits();
            reader.interrupt();
            assertThatThrownBy(reader::get).cause().isInstanceOf(InterruptedException.class);
        }
        window.give(ROOM);
    }
}
