// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.concurrent.Crew;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One taker's way to the bytes, for takers that can't check the digest themselves: whatever they were given by
/// several reads, they never get the end of something wrong.
@Timeout(60)
class SupplyTest {
    private static final int MARK = 256 << 10;
    private static final long ROOM = 64L * Feed.PIECE;

    private final byte[] right = FeedTest.random(5 * MARK + 77, 1);
    private final byte[] wrong = right.clone();
    private final Window window = new Window(ROOM, Duration.ofMinutes(5));
    private final List<byte[]> served = new CopyOnWriteArrayList<>(List.of(right));
    private final List<Long> reads = new CopyOnWriteArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();

    private final Origin origin = new Origin() {
        @Override
        public Expected expected() {
            return FeedTest.blob(right);
        }

        @Override
        public Window window() {
            return window;
        }

        // The first read gives the first of what is served, and so on; the last is served for ever.
        @Override
        public void read(BlobIntake into) throws InterruptedException {
            for (int tries = 0; tries < 5; tries++) {
                byte[] bytes = served.get(Math.min(reads.size(), served.size() - 1));
                int offset = (int) into.offset();
                reads.add((long) offset);
                try {
                    into.take(new ByteArrayInputStream(bytes, offset, bytes.length - offset));
                    return;
                } catch (IOException e) {
                    // asked again
                }
            }
        }
    };

    @AfterEach
    void allRoomIsGivenBack() {
        assertThat(window.free()).isEqualTo(ROOM);
    }

    @Test
    void partsComeOneAfterTheOther() throws Exception {
        try (Feed feed = shared();
                Crew reader = new Crew("reader");
                Supply supply = supply(feed, reader, false)) {
            assertThat(bytes(supply, 0, MARK)).isEqualTo(Arrays.copyOf(right, MARK));
            assertThat(bytes(supply, MARK, right.length - MARK)).isEqualTo(end(right, MARK));
            assertThat(reads).containsExactly(0L);
        }
    }

    @Test
    void whoWasLeftBehindAtAMarkGoesOnThereByAReadOfItsOwn() throws Exception {
        Feed feed = shared();
        try (Crew reader = new Crew("reader");
                Supply supply = supply(feed, reader, false)) {
            assertThat(bytes(supply, 0, 2 * MARK)).hasSize(2 * MARK);
            feed.close();
            assertThat(bytes(supply, 2 * MARK, right.length - 2 * MARK)).isEqualTo(end(right, 2 * MARK));
            assertThat(reads).containsExactly(0L, 2L * MARK);
        }
    }

    @Test
    void whoWasLeftBehindElsewhereMustBeginAgain() throws Exception {
        Feed feed = shared();
        try (Crew reader = new Crew("reader");
                Supply supply = supply(feed, reader, false)) {
            assertThat(bytes(supply, 0, MARK + 5)).hasSize(MARK + 5);
            feed.close();
            assertThatThrownBy(() -> bytes(supply, MARK + 5, 10))
                    .isInstanceOfSatisfying(
                            LostPlace.class, e -> assertThat(e.wrong()).isTrue())
                    .matches(e -> !WrongContentException.caused(e), "the source is not to blame")
                    .hasMessageContaining("nothing proves the " + (MARK + 5) + " bytes that were sent before");
            assertThat(bytes(supply, 0, right.length)).isEqualTo(right);
        }
    }

    @Test
    void whoChecksTheDigestItselfGoesOnAnywhere() throws Exception {
        Feed feed = shared();
        try (Crew reader = new Crew("reader");
                Supply supply = supply(feed, reader, true)) {
            assertThat(bytes(supply, 0, MARK + 5)).hasSize(MARK + 5);
            feed.close();
            assertThat(bytes(supply, MARK + 5, right.length - MARK - 5)).isEqualTo(end(right, MARK + 5));
        }
    }

    @Test
    void aWrongBeginningOfOneReadAndARightEndOfAnotherAreNotTakenForTheWhole() throws Exception {
        wrong[MARK / 2] ^= 1;
        served.addFirst(wrong);
        Feed feed = shared();
        try (Crew reader = new Crew("reader");
                Supply supply = supply(feed, reader, false)) {
            assertThat(bytes(supply, 0, MARK)).isEqualTo(Arrays.copyOf(wrong, MARK));
            feed.close();
            assertThatThrownBy(() -> bytes(supply, MARK, right.length - MARK))
                    .isInstanceOfSatisfying(
                            LostPlace.class, e -> assertThat(e.wrong()).isTrue());
            assertThat(bytes(supply, 0, right.length)).isEqualTo(right);
        }
    }

    @Test
    void aPartThatIsReadAloneJoinsTheOthersAgainWhereBothHadTheSame() throws Exception {
        try (Feed feed = shared();
                Crew reader = new Crew("reader");
                Supply supply = supply(feed, reader, false)) {
            assertThat(bytes(supply, 0, MARK)).hasSize(MARK);
            assertThat(bytes(supply, 0, MARK)).hasSize(MARK);
            assertThat(bytes(supply, MARK, right.length - MARK)).isEqualTo(end(right, MARK));
            assertThat(reads).containsExactly(0L, 0L);
        }
    }

    @Test
    void aPartThatIsReadAloneAndWrongDoesNotJoinTheOthers() throws Exception {
        wrong[7] ^= 1;
        served.add(wrong);
        served.add(right);
        try (Feed feed = shared();
                Crew reader = new Crew("reader");
                Supply supply = supply(feed, reader, false)) {
            assertThat(bytes(supply, 0, MARK)).isEqualTo(Arrays.copyOf(right, MARK));
            assertThat(bytes(supply, 0, MARK)).isEqualTo(Arrays.copyOf(wrong, MARK));
            assertThatThrownBy(() -> bytes(supply, MARK, right.length - MARK))
                    .isInstanceOfSatisfying(
                            LostPlace.class, e -> assertThat(e.wrong()).isTrue());
        }
    }

    private Feed shared() {
        return Feed.shared(origin.expected(), window, false, 4L * Feed.PIECE);
    }

    private Supply supply(Feed feed, Crew reader, boolean checks) {
        return new Supply(origin, feed.share(), new Supply.Taker() {
            @Override
            public void wanted() {
                if (started.compareAndSet(false, true)) {
                    reader.start(() -> feed.readFrom(origin));
                }
            }

            @Override
            public Lanes.Lane lane() {
                return () -> {};
            }

            @Override
            public boolean checks() {
                return checks;
            }

            @Override
            public void took(int bytes) {}
        });
    }

    private static byte[] bytes(Supply supply, int offset, int length) throws IOException, InterruptedException {
        try (InputStream in = supply.part(offset, length).open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] end(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }
}
