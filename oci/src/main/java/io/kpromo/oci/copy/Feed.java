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
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A blob as it is read once and handed to many: what has been read and not yet been taken by all who need it.
///
/// The reader waits for room, the takers for bytes. The last piece is kept back until the digest has been
/// checked, so that nobody ever gets all of a wrong blob. A taker that stands still for too long is left behind
/// (see [Window]).
///
/// Room enough to get on is taken before the first byte and kept to the end; more than that is taken only where
/// it is free. So nobody holds room while it waits for room, and feeds can't block each other.
final class Feed implements BlobIntake, AutoCloseable {
    static final int PIECE = 64 << 10;

    private final ImageReference from;
    private final Descriptor blob;
    private final Window window;
    private final boolean keep;
    private final boolean patient;
    private final long most;
    private final long start;
    private final long reserve;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Share> shares = new ArrayList<>();
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    /// Where the first piece in memory begins, and where the last ends.
    private long base;

    private long end;
    /// Bytes of the window that are this feed's, and those of them that are being read into.
    private long held;

    private long pending;
    private boolean reserved;
    private boolean checked;
    private boolean closed;
    private boolean pressed;
    private int round;
    private MessageDigest hasher;
    private String wrong = "";
    private @Nullable OciException failure;

    private Feed(
            ImageReference from, Descriptor blob, Window window, boolean keep, boolean patient, long most, long start) {
        this.from = from;
        this.blob = blob;
        this.window = window;
        this.keep = keep;
        this.patient = patient;
        this.most = most;
        this.start = start;
        this.reserve = keep ? blob.size() : Math.min(2L * PIECE, blob.size() - start);
        this.base = start;
        this.end = start;
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
        return new Feed(from, blob, window, keep, false, Math.max(2L * PIECE, most), 0);
    }

    /// For one taker, who may be as slow as it likes.
    ///
    /// @param start where it wants to go on; where that isn't 0, only the destination can check the digest
    static Feed alone(ImageReference from, Descriptor blob, Window window, long start) {
        return new Feed(from, blob, window, false, true, 4L * PIECE, start);
    }

    /// A taker, who is waited for from now on. One that comes when the first pieces have gone reads for itself.
    Share share() {
        lock.lock();
        try {
            Share share = new Share();
            share.behind = base > start || closed;
            share.position = start;
            shares.add(share);
            return share;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more will come.
    void fail(OciException cause) {
        lock.lock();
        try {
            failure = new SourceFailure(cause);
            settle();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long offset() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the room that is needed to get on. Before the source is asked, so that no slot there is held while
    /// waiting here.
    void reserve() throws InterruptedException {
        if (reserved) {
            return;
        }
        window.take(reserve);
        reserved = true;
        lock.lock();
        try {
            held += reserve;
            settle();
        } finally {
            lock.unlock();
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
            awaitRoom(length);
            if (fill(more, new byte[length]) < length) {
                throw new IOException("the source ended after " + offset() + " of " + blob.size() + " bytes");
            }
        }
        check(more);
    }

    private static boolean goesOn(InputStream more) {
        try {
            return more.read() >= 0;
        } catch (IOException e) {
            // It is wrong anyway; asking again may tell more.
            return false;
        }
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
            append(piece, got);
        }
    }

    private void append(byte[] piece, int got) {
        hasher.update(piece, 0, got);
        lock.lock();
        try {
            pending = 0;
            long before = readable();
            if (got > 0 && !closed) {
                pieces.add(got == piece.length ? piece : Arrays.copyOf(piece, got));
                end += got;
            }
            movedOn(before);
            settle();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// From now on there is something to take for those who had taken all: their patience is measured from here.
    private void movedOn(long before) {
        long now = System.nanoTime();
        for (Share share : shares) {
            if (keep || share.position >= before) {
                share.moved = now;
            }
        }
    }

    /// Gives back what isn't needed any more.
    private void settle() {
        boolean more = !closed && failure == null && end + pending < blob.size();
        long due = closed ? 0 : Math.max(end - base + pending, more ? reserve : 0);
        if (held > due) {
            window.give(held - due);
            held = due;
        }
    }

    private void check(InputStream rest) throws IOException {
        Digest found = start > 0 ? blob.digest() : Digest.of(blob.digest().algorithm(), hasher);
        lock.lock();
        try {
            if (found.equals(blob.digest())) {
                long before = readable();
                checked = true;
                movedOn(before);
                drop();
            } else {
                wrong = "read blob " + from + ": the source sent " + found + " in its place";
                startAgain();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!found.equals(blob.digest())) {
            if (goesOn(rest)) {
                throw new OciException("read blob " + from + ": the source has more than the " + blob.size()
                        + " bytes that its manifest says");
            }
            throw new IOException("the source sent " + found + " in place of this blob");
        }
    }

    /// What was handed out was wrong: who has some of it must begin again.
    private void startAgain() {
        pieces.clear();
        base = 0;
        end = 0;
        round++;
        hasher = blob.digest().algorithm().hasher();
        shares.forEach(share -> share.position = 0);
        settle();
    }

    private void awaitRoom(int length) throws InterruptedException {
        long left = window.patienceNanos();
        lock.lock();
        try {
            while (!closed && !hasRoom(length)) {
                left = changed.awaitNanos(left);
                if (left <= 0) {
                    leaveBehindTheStill();
                    left = window.patienceNanos() / 4 + 1;
                }
            }
            if (closed) {
                throw new OciException("read blob " + from + ": nobody wants it any more");
            }
            pending = length;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(int length) {
        long needed = end - base + length;
        if (needed > held && (needed > most || !window.tryTake(needed - held))) {
            return false;
        }
        held = Math.max(held, needed);
        return true;
    }

    /// Stops waiting for takers that have not moved for as long as the patience lasts while there was something to
    /// take for them. Takers that wait for the source are not still.
    void leaveBehindTheStill() {
        if (patient) {
            // Its one taker holds nobody up.
            return;
        }
        lock.lock();
        try {
            long now = System.nanoTime();
            for (Share share : shares) {
                boolean waits = keep && !checked;
                if (!waits
                        && !share.behind
                        && share.position < readable()
                        && now - share.moved > window.patienceNanos()) {
                    share.behind = true;
                    share.leftBehind = true;
                }
            }
            pressed = true;
            drop();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets go of the pieces that all have taken. Kept ones go at the end, or when room is wanted and nobody is
    /// known to want them.
    private void drop() {
        boolean wanted = shares.stream().anyMatch(share -> !share.behind && !share.done);
        long needed = closed || (pressed && checked && !wanted) ? end : keep ? 0 : slowest();
        while (!pieces.isEmpty() && base + pieces.peek().length <= needed) {
            base += pieces.remove().length;
        }
        settle();
    }

    private long slowest() {
        long slowest = end;
        for (Share share : shares) {
            if (!share.behind && !share.done) {
                slowest = Math.min(slowest, share.position);
            }
        }
        return slowest;
    }

    /// How far takers may read: all that came, but for the last piece before the check.
    private long readable() {
        return checked || pieces.isEmpty() ? end : end - pieces.getLast().length;
    }

    /// All that wait get to know, and all room is given back.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            drop();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        window.leave(this);
    }

    private LostPlace lost(int began) {
        return began == round
                ? LostPlace.leftBehind("read blob " + from + ": the others went on")
                : LostPlace.wrongBytes(wrong);
    }

    /// One taker's place in the blob.
    final class Share implements AutoCloseable {
        private long position;
        private long moved = System.nanoTime();
        private boolean behind;
        private boolean leftBehind;
        private boolean done;

        /// Whether the others stopped waiting for this taker.
        boolean leftBehind() {
            lock.lock();
            try {
                return leftBehind;
            } finally {
                lock.unlock();
            }
        }

        /// Whether the bytes from `offset` on are here or still to come.
        boolean has(long offset) {
            lock.lock();
            try {
                return !behind && !closed && offset >= base;
            } finally {
                lock.unlock();
            }
        }

        /// Waits until all of the blob is in memory and checked; only for blobs that are kept.
        ///
        /// @return whether it is; false when this taker was left behind
        boolean awaitAll() throws InterruptedException {
            lock.lock();
            try {
                while (!checked && !behind && failure == null) {
                    changed.await(1, TimeUnit.SECONDS);
                }
                if (failure != null) {
                    throw failure;
                }
                moved = System.nanoTime();
                return !behind;
            } finally {
                lock.unlock();
            }
        }

        /// The bytes from `offset` on, where [#has] says so.
        InputStream open(long offset) {
            lock.lock();
            try {
                if (behind || offset < base) {
                    throw lost(round);
                }
                position = offset;
                moved = System.nanoTime();
                return new Bytes(this, round, offset);
            } finally {
                lock.unlock();
            }
        }

        /// This taker needs nothing more.
        @Override
        public void close() {
            lock.lock();
            try {
                done = true;
                drop();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private final class Bytes extends InputStream {
        private final Share share;
        private final int began;
        private long at;

        Bytes(Share share, int began, long at) {
            this.share = share;
            this.began = began;
            this.at = at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (at >= blob.size() || length == 0) {
                return length == 0 ? 0 : -1;
            }
            lock.lock();
            try {
                while (at >= readable() && isGood()) {
                    changed.await(1, TimeUnit.SECONDS);
                }
                if (!isGood()) {
                    throw lost(began);
                }
                return copy(into, from, length);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } finally {
                lock.unlock();
            }
        }

        /// @throws OciException when the source failed for good
        private boolean isGood() {
            if (failure != null && at >= readable()) {
                throw failure;
            }
            return began == round && !share.behind && !share.done && !closed;
        }

        private int copy(byte[] into, int from, int length) {
            long start = base;
            int copied = 0;
            for (byte[] piece : pieces) {
                if (start >= readable() || copied == length) {
                    break;
                }
                if (at < start + piece.length) {
                    int skip = (int) (at - start);
                    int n = Math.min(piece.length - skip, length - copied);
                    System.arraycopy(piece, skip, into, from + copied, n);
                    copied += n;
                    at += n;
                }
                start += piece.length;
            }
            share.position = at;
            share.moved = System.nanoTime();
            drop();
            changed.signalAll();
            return copied;
        }
    }
}
