// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Threads.Running;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A blob that is read once and handed to many.
@Timeout(60)
class FeedTest extends OneBlob {
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
                    .isInstanceOf(WrongContentException.class)
                    .hasMessageContaining(Digest.sha256(wrong).toString());
            assertThat(feed.offset()).isZero();
            assertThatThrownBy(first::readAllBytes)
                    .isInstanceOfSatisfying(
                            LostPlace.class, e -> assertThat(e.wrong()).isTrue())
                    .matches(WrongContentException::caused)
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
}
