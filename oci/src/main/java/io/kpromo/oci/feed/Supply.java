// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.http.Body;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// One taker's way to the bytes of what is read once: from what is read for all, or, when it was left behind, from a
/// read of its own.
public final class Supply implements AutoCloseable {
    /// Who takes.
    public interface Taker {
        /// Bytes are needed, and will be waited for.
        void wanted();

        /// A place to read for this taker alone, to be closed when that has ended.
        Lanes.Lane lane() throws InterruptedException;

        /// It took some bytes, 1 or more.
        void took(int bytes);
    }

    private final Origin origin;
    private final Share share;
    private final Taker taker;

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

    /// Whether the others stopped waiting for this taker.
    public boolean leftBehind() {
        return share.leftBehind();
    }

    /// The bytes from `offset` to the end, as often as need be.
    public Body from(long offset) {
        return new Body() {
            @Override
            public long length() {
                return origin.expected().size() - offset;
            }

            @Override
            public InputStream open() throws InterruptedException {
                taker.wanted();
                return new Taken(share.has(offset) ? share.open(offset) : alone(offset));
            }
        };
    }

    private InputStream alone(long offset) throws InterruptedException {
        Lanes.Lane lane = taker.lane();
        Feed feed = Feed.alone(origin.expected(), origin.window(), offset);
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

    @Override
    public void close() {
        share.close();
    }

    private final class Taken extends FilterInputStream {
        Taken(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            if (n > 0) {
                taker.took(n);
            }
            return n;
        }
    }
}
