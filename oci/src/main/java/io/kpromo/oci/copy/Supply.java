// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.client.Blobs;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.RegistryException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// One destination's way to the bytes of one blob: from what is read for all, or, when it was left behind, from a
/// read of its own.
final class Supply implements Content, AutoCloseable {
    /// Where a blob is read from, and into what memory.
    record Origin(
            Blobs blobs, List<Repository> sources, Descriptor blob, Window window, Lanes lanes, CopyListener listener) {
        Origin {
            sources = List.copyOf(sources);
        }

        /// What is read, for messages.
        ImageReference from() {
            return sources.getFirst().at(blob.digest());
        }

        /// Reads all of the blob, from the first source that has it; a failure goes to the feed.
        void readInto(Feed feed) throws InterruptedException {
            feed.reserve();
            try {
                read(feed);
            } catch (OciException e) {
                feed.fail(e);
            } catch (RuntimeException | Error e) {
                feed.fail(new OciException("read blob " + from() + ": " + e, e));
                throw e;
            }
        }

        private void read(Feed feed) throws InterruptedException {
            for (int i = 0; i < sources.size(); i++) {
                Repository source = sources.get(i);
                try {
                    blobs.read(source, blob.digest(), new Counted(feed, source, listener));
                    return;
                } catch (RegistryException e) {
                    if (e.status() == 416) {
                        throw new OciException(
                                "read blob " + source.at(blob.digest()) + ": the source has no more than "
                                        + feed.offset() + " of the " + blob.size() + " bytes that its manifest says",
                                e);
                    }
                    if (e.status() != 404 || i == sources.size() - 1) {
                        throw e;
                    }
                }
            }
        }
    }

    private record Counted(Feed feed, Repository source, CopyListener listener) implements BlobIntake {
        @Override
        public long offset() {
            return feed.offset();
        }

        @Override
        public void take(InputStream more) throws IOException, InterruptedException {
            long before = feed.offset();
            try {
                feed.take(more);
            } finally {
                listener.read(source, Math.max(0, feed.offset() - before));
            }
        }
    }

    private final Origin origin;
    private final Share share;
    private final Repository into;
    private final Runnable wanted;

    /// @param share its place in what is read for all
    /// @param wanted is run when bytes are needed, before they are waited for
    Supply(Origin origin, Share share, Repository into, Runnable wanted) {
        this.origin = origin;
        this.share = share;
        this.into = into;
        this.wanted = wanted;
    }

    /// For a destination that reads alone from the start.
    static Supply alone(Origin origin, Repository into) {
        Feed none = Feed.alone(
                origin.from(), origin.blob(), origin.window(), origin.blob().size());
        none.close();
        return new Supply(origin, none.share(), into, () -> {});
    }

    /// False where it must be read alone.
    @Override
    public boolean awaitAll() throws InterruptedException {
        wanted.run();
        return share.awaitAll();
    }

    /// Whether the others stopped waiting for this destination.
    boolean leftBehind() {
        return share.leftBehind();
    }

    @Override
    public Body from(long offset) {
        return new Body() {
            @Override
            public long length() {
                return origin.blob().size() - offset;
            }

            @Override
            public InputStream open() throws InterruptedException {
                wanted.run();
                return new Sent(share.has(offset) ? share.open(offset) : alone(offset));
            }
        };
    }

    private InputStream alone(long offset) throws InterruptedException {
        Lanes.Lane lane = origin.lanes().enter(into.host());
        Feed feed = Feed.alone(origin.from(), origin.blob(), origin.window(), offset);
        Share mine = feed.share();
        Crew reader = new Crew("read alone");
        reader.start(() -> origin.readInto(feed));
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

    private final class Sent extends FilterInputStream {
        Sent(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            if (n > 0) {
                origin.listener().sent(Supply.this.into, n);
            }
            return n;
        }
    }
}
