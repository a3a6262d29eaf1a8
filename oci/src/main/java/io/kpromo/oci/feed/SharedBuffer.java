// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import io.kpromo.oci.OciException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Content between the one who reads it and those who take it: what is in memory, who has taken how much of it, and
/// whether it is right. The reader's side is [Feed], a taker's is [Share].
///
/// The last piece is kept back until the digest has been checked, so that nobody ever gets all of what is wrong.
///
/// One lock guards all of this, the [Pieces] and the shares included. Nobody reads, sends or waits for room in the
/// window while holding it.
final class SharedBuffer {
    final ReentrantLock lock = new ReentrantLock();
    final Condition changed = lock.newCondition();

    private final Expected what;
    private final Pieces pieces;
    private final Keeping keeping;
    private final long start;
    private final long patience;
    private final List<Share> shares = new ArrayList<>();
    private HashTrail trail;
    private boolean checked;
    private boolean closed;
    private boolean pressed;
    private int round;
    private @Nullable WrongContentException wrong;
    private @Nullable OciException failure;

    /// @param start the first byte that will be here
    /// @param patience with takers, in nanoseconds
    SharedBuffer(Expected what, Pieces pieces, Keeping keeping, long start, long patience, HashTrail trail) {
        this.trail = trail;
        this.what = what;
        this.pieces = pieces;
        this.keeping = keeping;
        this.start = start;
        this.patience = patience;
    }

    /// A taker, who is waited for from now on. One that comes when the first pieces have gone reads for itself.
    Share share() {
        lock.lock();
        try {
            Share share = new Share(this, start, closed || pieces.base() > start);
            shares.add(share);
            return share;
        } finally {
            lock.unlock();
        }
    }

    /// Where the bytes end that were read so far.
    long end() {
        lock.lock();
        try {
            return pieces.end();
        } finally {
            lock.unlock();
        }
    }

    /// The reader had its reserve from the window.
    void reserved() {
        change(pieces::reserved);
    }

    /// Waits until there is room for one more piece; takers that stand still meanwhile are left behind.
    ///
    /// @throws OciException when nobody wants it any more
    void awaitRoom(int length) throws InterruptedException {
        long left = patience;
        lock.lock();
        try {
            while (!closed && !pieces.begin(length)) {
                left = changed.awaitNanos(left);
                if (left <= 0) {
                    leaveBehindTheStill();
                    left = patience / 4 + 1;
                }
            }
            if (closed) {
                throw new OciException("read " + what + ": nobody wants it any more");
            }
        } finally {
            lock.unlock();
        }
    }

    /// A piece has been read into the room that was awaited, or the first `got` bytes of it.
    void add(byte[] piece, int got) {
        change(() -> {
            long before = readable();
            pieces.add(piece, got);
            movedOn(before);
        });
    }

    /// All of it came and is what it should be.
    void right() {
        change(() -> {
            long before = readable();
            checked = true;
            movedOn(before);
            drop();
        });
    }

    /// All of it came and is something else: who has some of it must begin again.
    void wrong(WrongContentException found) {
        change(() -> {
            wrong = found;
            round++;
            trail = HashTrail.of(what.size());
            shares.forEach(Share::startAgain);
            pieces.restart();
        });
    }

    /// Nothing more will come.
    void fail(OciException cause) {
        change(() -> {
            failure = cause;
            pieces.complete();
        });
    }

    /// Stops waiting for takers that have not moved for as long as the patience lasts while there was something to
    /// take for them. Takers that wait for the source are not still.
    void leaveBehindTheStill() {
        if (keeping == Keeping.FOR_ONE) {
            return;
        }
        change(() -> {
            if (checked || keeping != Keeping.WHOLE) {
                shares.forEach(share -> share.leaveBehindIfStill(readable(), patience));
            }
            pressed = true;
            drop();
        });
    }

    /// All that wait get to know, and all room is given back.
    void close() {
        change(() -> {
            closed = true;
            pieces.close();
        });
    }

    /// Changes something and lets all who wait look again.
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock: for those who had taken all there is something to take from now on. Nobody is expected to
    /// take a whole blob piece by piece.
    private void movedOn(long before) {
        for (Share share : shares) {
            if (keeping == Keeping.WHOLE || share.position() >= before) {
                share.offered();
            }
        }
    }

    /// Under the lock: lets go of the pieces that all have taken. Those of a whole blob go at the end, or when
    /// room is wanted and nobody is known to want them.
    void drop() {
        boolean wanted = shares.stream().anyMatch(Share::counts);
        if (pressed && checked && !wanted) {
            pieces.dropBefore(pieces.end());
        } else if (keeping != Keeping.WHOLE) {
            pieces.dropBefore(slowest());
        }
    }

    private long slowest() {
        return shares.stream().filter(Share::counts).mapToLong(Share::position).reduce(pieces.end(), Math::min);
    }

    /// Under the lock: how far takers may read, which is all that came, but for the last piece before the check.
    long readable() {
        return checked ? pieces.end() : pieces.last();
    }

    /// The sums of what came in this round.
    HashTrail trail() {
        lock.lock();
        try {
            return trail;
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock.
    Pieces pieces() {
        return pieces;
    }

    long size() {
        return what.size();
    }

    /// Under the lock: how often the takers had to begin again.
    int round() {
        return round;
    }

    /// Under the lock.
    boolean isChecked() {
        return checked;
    }

    /// Under the lock.
    boolean isClosed() {
        return closed;
    }

    /// Under the lock: whether no more will come.
    boolean hasFailed() {
        return failure != null;
    }

    /// Under the lock: tells takers that no more will come.
    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /// Under the lock: why a taker that began in this round gets no more.
    LostPlace lost(int began) {
        return began == round || wrong == null
                ? LostPlace.leftBehind("read " + what + ": the others went on")
                : LostPlace.wrongBytes("read " + what + ": " + wrong.getMessage(), wrong);
    }
}
