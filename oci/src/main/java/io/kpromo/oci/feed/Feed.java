// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.client.BlobIntake;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/// Content as it is read once and handed to many: takes the source's bytes, checks them, and puts them into a
/// [SharedBuffer], from which each taker's [Share] gives them.
///
/// The reader waits for room, the takers for bytes. A taker that stands still for too long is left behind (see
/// [Window]).
public final class Feed implements BlobIntake, AutoCloseable {
    /// Bytes that move at a time, at most.
    public static final int PIECE = Pieces.LARGEST;

    private final Expected what;
    private final Window window;
    private final long start;
    private final long reserve;
    private final boolean checks;
    private final SharedBuffer buffer;
    // These two are the reader's alone.
    private MessageDigest hasher;
    private boolean reserved;

    private Feed(Expected what, Window window, Keeping keeping, long most, long start, HashTrail trail) {
        this.what = what;
        this.window = window;
        this.start = start;
        this.reserve = keeping == Keeping.WHOLE ? what.size() : Math.min(2L * PIECE, what.size() - start);
        Pieces pieces = new Pieces(window, what.size(), start, reserve, most);
        this.buffer = new SharedBuffer(what, pieces, keeping, start, window.patienceNanos(), trail);
        Optional<MessageDigest> state = start == 0 ? Optional.empty() : trail.at(start);
        this.checks = start == 0 || state.isPresent();
        this.hasher = state.orElseGet(() -> what.digest().algorithm().hasher());
        window.join(this);
    }

    /// For many takers.
    ///
    /// @param keep whether all of it stays in memory until nobody wants it any more
    /// @param most bytes in memory at a time
    public static Feed shared(Expected what, Window window, boolean keep, long most) {
        Keeping keeping = keep ? Keeping.WHOLE : Keeping.UNTIL_TAKEN;
        return new Feed(what, window, keeping, Math.max(2L * PIECE, most), 0, HashTrail.of(what.size()));
    }

    /// For one taker, who may be as slow as it likes.
    ///
    /// @param start where it wants to go on; where that isn't 0, only the taker can check the digest
    public static Feed alone(Expected what, Window window, long start) {
        return alone(what, window, start, HashTrail.of(what.size()));
    }

    /// For one taker that had all before `start`, whose sum the trail may know.
    static Feed alone(Expected what, Window window, long start, HashTrail before) {
        return new Feed(what, window, Keeping.FOR_ONE, 4L * PIECE, start, before.from(start));
    }

    /// A taker, who is waited for from now on. One that comes when the first pieces have gone reads for itself.
    public Share share() {
        return buffer.share();
    }

    /// Has all of it read; a failure goes to the takers.
    ///
    /// @param origin what reads it, which begins when there is room
    public void readFrom(Origin origin) throws InterruptedException {
        reserve();
        try {
            origin.read(this);
        } catch (OciException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new OciException("read " + what + ": " + e, e));
            throw e;
        }
    }

    /// Nothing more will come.
    void fail(OciException cause) {
        buffer.fail(new SourceFailure(cause));
    }

    /// The sums of what came in this round.
    HashTrail trail() {
        return buffer.trail();
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
        while (offset() < what.size()) {
            // Pieces end where the trail has its marks, also after a break in the middle of one.
            int length = (int) Math.min(PIECE - offset() % PIECE, what.size() - offset());
            buffer.awaitRoom(length);
            if (fill(more, new byte[length]) < length) {
                throw new IOException("the source ended after " + offset() + " of " + what.size() + " bytes");
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
            buffer.trail().passed(offset() + got, hasher);
            buffer.add(piece, got);
        }
    }

    private void check(InputStream rest) throws IOException {
        Digest found = checks ? Digest.of(what.digest().algorithm(), hasher) : what.digest();
        if (found.equals(what.digest())) {
            buffer.right();
            return;
        }
        hasher = what.digest().algorithm().hasher();
        WrongContentException wrong = new WrongContentException("the source sent " + found + " in its place");
        buffer.wrong(wrong);
        if (start > 0) {
            return; // its taker begins again
        }
        if (goesOn(rest)) {
            throw new OciException(
                    "read " + what + ": the source has more than the " + what.size() + " bytes that it should have",
                    wrong);
        }
        throw wrong;
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
