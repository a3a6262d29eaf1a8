// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import io.kpromo.oci.OciException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/// The bytes as one taker gets them. It waits for what has not been read yet.
final class ShareInput extends InputStream {
    private final SharedBuffer buffer;
    private final Share share;
    private final int round;
    private final HashTrail trail;
    private long at;

    /// Under the lock of the buffer.
    ShareInput(SharedBuffer buffer, Share share, long at) {
        this.buffer = buffer;
        this.share = share;
        this.round = buffer.round();
        this.trail = buffer.trail();
        this.at = at;
    }

    /// The sums of the bytes that come from here.
    HashTrail trail() {
        return trail;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// @throws LostPlace when the others went on, or what was read so far is wrong
    /// @throws OciException when the source failed for good
    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (at >= buffer.size() || length == 0) {
            return length == 0 ? 0 : -1;
        }
        buffer.lock.lock();
        try {
            while (at >= buffer.readable() && isGood()) {
                buffer.changed.await(1, TimeUnit.SECONDS);
            }
            if (!isGood()) {
                throw buffer.lost(round);
            }
            return copy(into, from, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            buffer.lock.unlock();
        }
    }

    private boolean isGood() {
        if (at >= buffer.readable()) {
            buffer.throwFailure();
        }
        return round == buffer.round() && share.counts() && !buffer.isClosed();
    }

    private int copy(byte[] into, int from, int length) {
        int copied = buffer.pieces().copy(at, buffer.readable(), into, from, length);
        at += copied;
        share.took(at);
        buffer.drop();
        buffer.changed.signalAll();
        return copied;
    }
}
