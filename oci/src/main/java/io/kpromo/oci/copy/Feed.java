// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.client.BlobIntake;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// A blob as it is read once and handed to many: takes the source's bytes, checks them, and puts them into a
/// [SharedBuffer], from which each taker's [Share] gives them.
///
/// The reader waits for room, the takers for bytes. A taker that stands still for too long is left behind (see
/// [Window]).
final class Feed implements BlobIntake, AutoCloseable {
    static final int PIECE = Pieces.LARGEST;

    private final ImageReference from;
    private final Descriptor blob;
    private final Window window;
    private final long start;
    private final long reserve;
    private final SharedBuffer buffer;
    // These two are the reader's alone.
    private MessageDigest hasher;
    private boolean reserved;

    private Feed(ImageReference from, Descriptor blob, Window window, Keeping keeping, long most, long start) {
        this.from = from;
        this.blob = blob;
        this.window = window;
        this.start = start;
        this.reserve = keeping == Keeping.WHOLE ? blob.size() : Math.min(2L * PIECE, blob.size() - start);
        Pieces pieces = new Pieces(window, blob.size(), start, reserve, most);
        this.buffer = new SharedBuffer(from, pieces, keeping, blob.size(), start, window.patienceNanos());
        this.hasher = blob.digest().algorithm().hasher();
        window.join(this);
    }

    /// For many takers.
    ///
    /// @param from for messages
    /// @param blob of known size
    /// @param keep whether all of it stays in memory until nobody wants it any more
    /// @param most bytes in memory at a time
    static Feed shared(ImageReference from, Descriptor blob, Window window, boolean keep, long most) {
        Keeping keeping = keep ? Keeping.WHOLE : Keeping.UNTIL_TAKEN;
        return new Feed(from, blob, window, keeping, Math.max(2L * PIECE, most), 0);
    }

    /// For one taker, who may be as slow as it likes.
    ///
    /// @param start where it wants to go on; where that isn't 0, only the destination can check the digest
    static Feed alone(ImageReference from, Descriptor blob, Window window, long start) {
        return new Feed(from, blob, window, Keeping.FOR_ONE, 4L * PIECE, start);
    }

    /// A taker, who is waited for from now on. One that comes when the first pieces have gone reads for itself.
    Share share() {
        return buffer.share();
    }

    /// Nothing more will come.
    void fail(OciException cause) {
        buffer.fail(new SourceFailure(cause));
    }

    @Override
    public long offset() {
        return buffer.end();
    }

    /// Waits for the room that is needed to get on. Before the source is asked, so that no slot there is held while
    /// waiting here.
    void reserve() throws InterruptedException {
        if (!reserved) {
            window.take(reserve);
            reserved = true;
            buffer.reserved();
        }
    }

    /// Takes the source's bytes; when the last came, checks the digest.
    ///
    /// @throws OciException when there is too much of it, or nobody wants it any more
    @Override
    public void take(InputStream more) throws IOException, InterruptedException {
        reserve();
        while (offset() < blob.size()) {
            int length = (int) Math.min(PIECE, blob.size() - offset());
            buffer.awaitRoom(length);
            if (fill(more, new byte[length]) < length) {
                throw new IOException("the source ended after " + offset() + " of " + blob.size() + " bytes");
            }
        }
        check(more);
    }

    /// What was read before a stream broke is kept.
    private int fill(InputStream more, byte[] piece) throws IOException {
        int got = 0;
        try {
            while (got < piece.length) {
                int n = more.read(piece, got, piece.length - got);
                if (n < 0) {
                    break;
                }
                got += n;
            }
            return got;
        } finally {
            hasher.update(piece, 0, got);
            buffer.add(piece, got);
        }
    }

    private void check(InputStream rest) throws IOException {
        Digest found = start > 0 ? blob.digest() : Digest.of(blob.digest().algorithm(), hasher);
        if (found.equals(blob.digest())) {
            buffer.right();
            return;
        }
        hasher = blob.digest().algorithm().hasher();
        buffer.wrong("read blob " + from + ": the source sent " + found + " in its place");
        if (goesOn(rest)) {
            throw new OciException("read blob " + from + ": the source has more than the " + blob.size()
                    + " bytes that its manifest says");
        }
        throw new IOException("the source sent " + found + " in place of this blob");
    }

    private static boolean goesOn(InputStream more) {
        try {
            return more.read() >= 0;
        } catch (IOException e) {
            // It is wrong anyway; asking again may tell more.
            return false;
        }
    }

    /// Stops waiting for takers that have not moved for as long as the patience lasts, since room is wanted.
    void leaveBehindTheStill() {
        buffer.leaveBehindTheStill();
    }

    /// All that wait get to know, and all room is given back.
    @Override
    public void close() {
        buffer.close();
        window.leave(this);
    }
}
