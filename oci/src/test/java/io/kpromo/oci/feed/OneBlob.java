// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.concurrent.Threads;
import io.kpromo.oci.concurrent.Threads.Running;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/// A blob that is read once and handed to many, and those who take it.
abstract class OneBlob {
    static final int SIZE = 10 * Feed.PIECE + 123;
    static final long ROOM = 64L * Feed.PIECE;
    static final Duration LONG = Duration.ofMinutes(5);

    final byte[] bytes = random(SIZE, 1);
    final Expected blob = blob(bytes);
    final Threads threads = new Threads();
    Window window = new Window(ROOM, LONG);

    @AfterEach
    void noThreadIsLeftAndAllRoomIsGivenBack() {
        threads.close();
        assertThat(window.free()).isEqualTo(ROOM);
    }

    Feed shared(int pieces) {
        return Feed.shared(blob, window, false, (long) pieces * Feed.PIECE);
    }

    List<Running<byte[]>> takers(Feed feed, int count) {
        List<Running<byte[]>> takers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Share share = feed.share();
            takers.add(threads.run(() -> share.open(0).readAllBytes()));
        }
        return takers;
    }

    Running<Boolean> reader(Feed feed) {
        return threads.run(() -> take(feed, source()));
    }

    static boolean take(Feed feed, InputStream in) throws IOException, InterruptedException {
        feed.take(in);
        return true;
    }

    InputStream source() {
        return new ByteArrayInputStream(bytes);
    }

    InputStream breaking(int from, int length) {
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
    static final class BreakingInput extends InputStream {
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
