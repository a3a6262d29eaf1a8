// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Threads;
import io.kpromo.oci.concurrent.Threads.Running;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A blob that is read once and handed to many.
@Timeout(60)
class FeedTest {
    private static final int SIZE = 10 * Feed.PIECE + 123;
    private static final long ROOM = 64L * Feed.PIECE;
    private static final Duration LONG = Duration.ofMinutes(5);

    private final byte[] bytes = random(SIZE, 1);
    private final Expected blob = blob(bytes);
    private final Threads threads = new Threads();
    private Window window = new Window(ROOM, LONG);

    @AfterEach
    void noThreadIsLeftAndAllRoomIsGivenBack() {
        threads.close();
        assertThat(window.free()).isEqualTo(ROOM);
    }

    @Test
    void manyTakersGetTheSameBytesOfOneRead() throws Exception {
        try (Feed feed = shared(4)) {
            List<Running<byte[]>> takers = takers(feed, 5);
            feed.take(source());
            for (Running<byte[]> taker : takers) {
                assertThat(taker.get()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void theLastPieceIsHeldBackUntilTheDigestIsKnownToBeRight() throws Exception {
        try (Feed feed = shared(64)) {
            Share share = feed.share();
            assertThatThrownBy(() -> feed.take(breaking(0, SIZE - 1))).hasMessage("reset");
            InputStream in = share.open(0);
            assertThat(in.readNBytes(10 * Feed.PIECE)).isEqualTo(Arrays.copyOf(bytes, 10 * Feed.PIECE));
            Running<byte[]> last = threads.run(in::readAllBytes).untilItWaits();
            feed.take(new ByteArrayInputStream(bytes, SIZE - 1, 1));
            assertThat(last.get()).hasSize(123);
        }
    }

    @Test
    void whoTookWrongBytesMustBeginAgain() throws Exception {
        byte[] wrong = bytes.clone();
        wrong[5] ^= 1;
        try (Feed feed = shared(64)) {
            Share share = feed.share();
            InputStream first = share.open(0);
            assertThatThrownBy(() -> feed.take(new ByteArrayInputStream(wrong)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Digest.sha256(wrong).toString());
            assertThat(feed.offset()).isZero();
            assertThatThrownBy(first::readAllBytes)
                    .isInstanceOfSatisfying(
                            LostPlace.class, e -> assertThat(e.wrong()).isTrue())
                    .hasMessageContaining("staging.example/a@" + blob.digest());
            Running<byte[]> second = threads.run(() -> share.open(0).readAllBytes());
            feed.take(source());
            assertThat(second.get()).isEqualTo(bytes);
        }
    }

    @Test
    void aBrokenStreamKeepsEveryByteThatCame() throws Exception {
        try (Feed feed = shared(4)) {
            List<Running<byte[]>> takers = takers(feed, 2);
            int broken = 3 * Feed.PIECE + 7;
            assertThatThrownBy(() -> feed.take(breaking(0, broken))).hasMessage("reset");
            assertThat(feed.offset()).isEqualTo(broken);
            feed.take(new ByteArrayInputStream(bytes, broken, SIZE - broken));
            for (Running<byte[]> taker : takers) {
                assertThat(taker.get()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void aStreamThatBreaksAtEveryFewBytesStillArrives() throws Exception {
        try (Feed feed = shared(2)) {
            List<Running<byte[]>> takers = takers(feed, 2);
            Random random = new Random(2);
            while (feed.offset() < SIZE) {
                int from = (int) feed.offset();
                int length = Math.min(SIZE - from, 1 + random.nextInt(Feed.PIECE / 2));
                var _ = catchThrowable(() -> feed.take(breaking(from, length)));
            }
            for (Running<byte[]> taker : takers) {
                assertThat(taker.get()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void aStreamThatEndsEarlyIsAskedForAgain() {
        try (Feed feed = shared(64)) {
            assertThatThrownBy(() -> feed.take(new ByteArrayInputStream(bytes, 0, 1000)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the source ended after 1000 of " + SIZE + " bytes");
            assertThat(feed.offset()).isEqualTo(1000);
        }
    }

    @Test
    void whatIsLargerThanItShouldBeIsRefused() {
        Expected claimed = new Expected(blob.name(), SIZE - 1, blob.digest());
        try (Feed feed = Feed.shared(claimed, window, false, ROOM)) {
            assertThatThrownBy(() -> feed.take(source()))
                    .isInstanceOf(OciException.class)
                    .hasMessageContaining("staging.example/a@" + blob.digest())
                    .hasMessageContaining("more than the " + (SIZE - 1) + " bytes");
        }
    }

    @Test
    void whatComesAfterTheLastByteOfARightBlobDoesNotMatter() throws Exception {
        try (Feed feed = shared(64)) {
            Share share = feed.share();
            feed.take(breaking(0, SIZE));
            assertThat(share.open(0).readAllBytes()).isEqualTo(bytes);
        }
    }

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
    void whoStandsStillIsLeftBehindAndTheOthersFinish() throws Exception {
        window = new Window(ROOM, Duration.ofMillis(20));
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
    void aFailureReachesAllWhoWait() throws Exception {
        try (Feed feed = shared(4)) {
            List<Running<byte[]>> takers = takers(feed, 3);
            takers.forEach(Running::untilItWaits);
            feed.fail(new OciException("read blob staging.example/a: 500"));
            for (Running<byte[]> taker : takers) {
                assertThatThrownBy(taker::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(SourceFailure.class)
                        .hasMessage("read blob staging.example/a: 500");
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
    void closingEndsTakersAndReaders() throws Exception {
        Feed feed = shared(2);
        feed.share();
        Running<byte[]> taker = takers(feed, 1).getFirst().untilItWaits();
        Running<Boolean> reader = reader(feed);
        feed.close();
        assertThatThrownBy(taker::get).cause().isInstanceOf(LostPlace.class);
        assertThatThrownBy(reader::get).cause().isInstanceOf(OciException.class);
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

    @Test
    void aTakerThatIsInterruptedKnowsIt() throws Exception {
        try (Feed feed = shared(2)) {
            Running<byte[]> taker = takers(feed, 1).getFirst().untilItWaits();
            taker.interrupt();
            assertThatThrownBy(taker::get).cause().hasMessage("interrupted");
        }
    }

    @Test
    void anEmptyBlobIsReadAndChecked() throws Exception {
        try (Feed feed = Feed.shared(blob(new byte[0]), window, true, 0)) {
            Share share = feed.share();
            feed.take(new ByteArrayInputStream(new byte[0]));
            assertThat(share.awaitAll()).isTrue();
            assertThat(share.open(0).readAllBytes()).isEmpty();
        }
    }

    private Feed shared(int pieces) {
        return Feed.shared(blob, window, false, (long) pieces * Feed.PIECE);
    }

    private List<Running<byte[]>> takers(Feed feed, int count) {
        List<Running<byte[]>> takers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Share share = feed.share();
            takers.add(threads.run(() -> share.open(0).readAllBytes()));
        }
        return takers;
    }

    private Running<Boolean> reader(Feed feed) {
        return threads.run(() -> take(feed, source()));
    }

    private static boolean take(Feed feed, InputStream in) throws IOException, InterruptedException {
        feed.take(in);
        return true;
    }

    private InputStream source() {
        return new ByteArrayInputStream(bytes);
    }

    private InputStream breaking(int from, int length) {
        return new BreakingInput(bytes, from, length);
    }

    static byte[] random(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static Expected blob(byte[] bytes) {
        return new Expected("blob staging.example/a@" + Digest.sha256(bytes), bytes.length, Digest.sha256(bytes));
    }

    /// Gives some bytes, then breaks.
    private static final class BreakingInput extends InputStream {
        private final InputStream given;

        BreakingInput(byte[] bytes, int from, int length) {
            this.given = new ByteArrayInputStream(bytes, from, length);
        }

        @Override
        public int read() throws IOException {
            return or(given.read());
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return or(given.read(into, from, length));
        }

        private static int or(int n) throws IOException {
            if (n < 0) {
                throw new IOException("reset");
            }
            return n;
        }
    }
}
