// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import java.util.concurrent.TimeUnit;

/// One taker's place in content that is read once for many. The lock of its [SharedBuffer] guards what it
/// remembers: the taker's methods take it, those for the buffer expect it.
public final class Share implements AutoCloseable {
    private final SharedBuffer buffer;
    private long position;
    /// When it last took something, or was first offered something after it had taken all.
    private long moved = System.nanoTime();

    private boolean behind;
    private boolean leftBehind;
    private boolean done;

    /// Under the lock.
    ///
    /// @param late whether it must read for itself, for the first bytes have gone
    Share(SharedBuffer buffer, long position, boolean late) {
        this.buffer = buffer;
        this.position = position;
        this.behind = late;
    }

    /// Whether the others stopped waiting for this taker.
    public boolean leftBehind() {
        buffer.lock.lock();
        try {
            return leftBehind;
        } finally {
            buffer.lock.unlock();
        }
    }

    /// Whether the bytes from `offset` on are here or still to come.
    public boolean has(long offset) {
        buffer.lock.lock();
        try {
            return !behind && !buffer.isClosed() && offset >= buffer.pieces().base();
        } finally {
            buffer.lock.unlock();
        }
    }

    /// Waits until all of it is in memory and checked; only for what is kept whole.
    ///
    /// @return whether it is; false when this taker was left behind
    public boolean awaitAll() throws InterruptedException {
        buffer.lock.lock();
        try {
            while (!buffer.isChecked() && !behind) {
                buffer.throwFailure();
                buffer.changed.await(1, TimeUnit.SECONDS);
            }
            buffer.throwFailure();
            moved = System.nanoTime();
            return !behind;
        } finally {
            buffer.lock.unlock();
        }
    }

    /// Waits until all of it is in memory and checked, or can't be had. From then on this taker counts as one that has
    /// taken all, and what is there stays until it is closed; only for what is kept whole.
    void keep() throws InterruptedException {
        buffer.lock.lock();
        try {
            while (!buffer.isChecked() && !buffer.hasFailed() && !behind) {
                buffer.changed.await(1, TimeUnit.SECONDS);
            }
            position = buffer.size();
        } finally {
            buffer.lock.unlock();
        }
    }

    /// The bytes from `offset` on, where [#has] says so.
    ShareInput open(long offset) {
        buffer.lock.lock();
        try {
            if (behind || offset < buffer.pieces().base()) {
                throw buffer.lost(buffer.round());
            }
            took(offset);
            return new ShareInput(buffer, this, offset);
        } finally {
            buffer.lock.unlock();
        }
    }

    /// This taker needs nothing more.
    @Override
    public void close() {
        buffer.change(() -> {
            done = true;
            buffer.drop();
        });
    }

    /// The sums of what came in this round.
    HashTrail trail() {
        return buffer.trail();
    }

    /// Under the lock: whether what this taker has not taken yet must stay in memory.
    boolean counts() {
        return !behind && !done;
    }

    /// Under the lock: all before this has been taken.
    long position() {
        return position;
    }

    /// Under the lock: it has taken all before this.
    void took(long end) {
        position = end;
        moved = System.nanoTime();
    }

    /// Under the lock: from now on there is something to take; patience with it is measured from here.
    void offered() {
        moved = System.nanoTime();
    }

    /// Under the lock: what it has taken was wrong.
    void startAgain() {
        position = 0;
    }

    /// Under the lock: nobody waits for it any more if it took nothing for so long, and there was something to
    /// take.
    ///
    /// @param readable where what can be taken ends
    /// @param nanos of patience
    void leaveBehindIfStill(long readable, long nanos) {
        if (!behind && position < readable && System.nanoTime() - moved > nanos) {
            behind = true;
            leftBehind = true;
        }
    }
}
