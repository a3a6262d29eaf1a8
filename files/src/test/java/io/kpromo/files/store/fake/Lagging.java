// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.fake;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.feed.Expected;
import io.kpromo.oci.feed.Feed;
import io.kpromo.oci.feed.Lanes;
import io.kpromo.oci.feed.Origin;
import io.kpromo.oci.feed.Supply;
import io.kpromo.oci.feed.Window;
import io.kpromo.oci.http.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A file that two destinations get by one read. The store is slow; the other takes all that comes.
public final class Lagging {
    private final byte[] content;
    /// Worked out beforehand: who takes part of a second for it is left behind before it has begun.
    private final Expected expected;

    private final List<Long> reads = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch othersDone = new CountDownLatch(1);
    private final long room;
    private final Window window;
    private final Origin origin = new Origin() {
        @Override
        public Expected expected() {
            return expected;
        }

        @Override
        public Window window() {
            return window;
        }

        @Override
        public void read(BlobIntake into) throws InterruptedException {
            reads.add(into.offset());
            int from = (int) into.offset();
            try {
                into.take(new ByteArrayInputStream(content, from, content.length - from));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    };

    /// @param room bytes of it that are in memory at a time
    public Lagging(byte[] content, long room) {
        this.content = content.clone();
        this.expected = new Expected("the source", content.length, Digest.sha256(content));
        this.room = room;
        this.window = new Window(room, Duration.ofSeconds(1));
    }

    private record Asking(CountDownLatch began) implements Supply.Taker {
        @Override
        public void wanted() {
            began.countDown();
        }

        @Override
        public Lanes.Lane lane() {
            return () -> {};
        }

        @Override
        public boolean checks() {
            return false;
        }

        @Override
        public void took(int bytes) {}
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Parcel(Supply supply, byte[] content) implements Incoming {
        @Override
        public long size() {
            return content.length;
        }

        @Override
        public Digest sha256() {
            return Digest.sha256(content);
        }

        @Override
        public boolean small() {
            return false;
        }

        @Override
        public Sums awaitAll() {
            throw new AssertionError("it is not small");
        }

        @Override
        public Digest sha512() {
            throw new AssertionError("it is not small");
        }

        @Override
        public Body part(long offset, long length) {
            return supply.part(offset, length);
        }
    }

    /// Writes it into the slow one.
    ///
    /// @return whether that was left behind
    public boolean write(Store slow, FileName name) throws InterruptedException {
        try (Feed feed = Feed.shared(origin.expected(), window, false, room);
                Supply lagging = new Supply(origin, feed.share(), new Asking(asked));
                Supply quick = new Supply(origin, feed.share(), new Asking(new CountDownLatch(1)));
                Crew crew = new Crew("others")) {
            crew.start(() -> {
                // Patience with the slow one begins when it has said where it writes to, however long that takes here.
                asked.await();
                feed.readFrom(origin);
            });
            crew.start(() -> drain(quick));
            slow.write(name, new Parcel(lagging, content), Optional.empty());
            return lagging.leftBehind();
        }
    }

    private void drain(Supply supply) throws InterruptedException {
        try (InputStream in = supply.from(0).open()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            othersDone.countDown();
        }
    }

    /// Stands still until the other one has all of it.
    public void waitForTheOther() {
        try {
            othersDone.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Where each read of the source began.
    public List<Long> reads() {
        return List.copyOf(reads);
    }
}
