// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.http.Body;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// One taker's way to the bytes of what is read once: from what is read for all, or, when it was left behind,
/// from a read of its own.
public final class Supply implements AutoCloseable {
    /// Who takes.
    public interface Taker {
        /// Bytes are needed, and will be waited for.
        void wanted();

        /// A place to read for this taker alone, to be closed when that has ended.
        Lanes.Lane lane() throws InterruptedException;

        /// Whether it checks the digest of all it took before it shows it to anybody, as registries do. Who doesn't
        /// is never given the end of something that is wrong, whatever it was made up of.
        boolean checks();

        /// It took some bytes, 1 or more.
        void took(int bytes);
    }

    private final Origin origin;
    private final Share share;
    private final Taker taker;
    /// The sums of what this taker was given last.
    private @Nullable HashTrail trail;

    /// @param share its place in what is read for all
    public Supply(Origin origin, Share share, Taker taker) {
        this.origin = origin;
        this.share = share;
        this.taker = taker;
    }

    /// For a taker that reads alone from the start.
    public static Supply alone(Origin origin, Taker taker) {
        Feed none =
                Feed.alone(origin.expected(), origin.window(), origin.expected().size());
        none.close();
        return new Supply(origin, none.share(), taker);
    }

    /// Waits until all of it is in memory and checked; only for what is kept whole.
    ///
    /// @return false where it must be read alone
    public boolean awaitAll() throws InterruptedException {
        taker.wanted();
        return share.awaitAll();
    }

    /// Waits until all of it is in memory and checked, or can't be had, which is for other takers to find out. What is
    /// there is kept for them until this is closed; only for what is kept whole.
    public void keep() throws InterruptedException {
        taker.wanted();
        share.keep();
    }

    /// Whether the others stopped waiting for this taker.
    public boolean leftBehind() {
        return share.leftBehind();
    }

    /// The bytes from `offset` to the end, as often as need be.
    public Body from(long offset) {
        return part(offset, origin.expected().size() - offset);
    }

    /// Some of the bytes, as often as need be. One part after the other: what lies before a part that was opened
    /// may be gone.
    public Body part(long offset, long length) {
        return new Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() throws InterruptedException {
                return new Taken(look(offset), length);
            }
        };
    }

    /// The bytes from `offset` to the end, for looking at them: they don't count as taken.
    public InputStream look(long offset) throws InterruptedException {
        taker.wanted();
        return mayShare(offset) ? ofAll(offset) : alone(offset);
    }

    /// Whether what is read for all is here from `offset` on, and goes on from what this taker had before.
    private boolean mayShare(long offset) {
        return share.has(offset)
                && (offset == 0 || taker.checks() || trail == null || trail.meets(share.trail(), offset));
    }

    private InputStream ofAll(long offset) {
        ShareInput bytes = share.open(offset);
        trail = bytes.trail();
        return bytes;
    }

    private InputStream alone(long offset) throws InterruptedException {
        Feed feed = feed(offset);
        Lanes.Lane lane = taker.lane();
        Share mine = feed.share();
        Crew reader = new Crew("read alone");
        reader.start(() -> feed.readFrom(origin));
        return new FilterInputStream(mine.open(offset)) {
            private boolean closed;

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    mine.close();
                    reader.close();
                    feed.close();
                    lane.close();
                }
            }
        };
    }

    /// A read of its own. A taker that can't check the whole goes on only where the sum of what it had is known.
    private Feed feed(long offset) {
        HashTrail before = trail == null ? HashTrail.of(origin.expected().size()) : trail;
        if (offset > 0 && !taker.checks() && before.at(offset).isEmpty()) {
            throw LostPlace.unproven("read " + origin.expected() + ": the others went on, and nothing proves the "
                    + offset + " bytes that were sent before");
        }
        Feed feed = Feed.alone(origin.expected(), origin.window(), offset, before);
        trail = feed.trail();
        return feed;
    }

    @Override
    public void close() {
        share.close();
    }

    private final class Taken extends FilterInputStream {
        private long left;

        Taken(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left <= 0 && length > 0) {
                return -1;
            }
            int n = super.read(into, from, (int) Math.min(length, left));
            if (n > 0) {
                left -= n;
                taker.took(n);
            }
            return n;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}
