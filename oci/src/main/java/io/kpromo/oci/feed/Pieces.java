// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import java.util.ArrayDeque;
import java.util.Arrays;

/// The part of some content that is in memory, and the room in the [Window] that it takes.
///
/// Room enough to get on is had before the first byte and kept to the end; more than that is taken only where it is
/// free. So nobody holds room while it waits for room, and contents can't block each other.
///
/// Has no lock: its [SharedBuffer] has.
final class Pieces {
    /// The largest piece, in bytes.
    static final int LARGEST = 64 << 10;

    private final Window window;
    private final long size;
    private final long reserve;
    private final long most;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    /// Where the first piece in memory begins, and where the last ends.
    private long base;

    private long end;
    /// Bytes of the window that are this content's, and those of them that are being read into.
    private long held;

    private long pending;
    private boolean complete;
    private boolean closed;

    /// @param size of the whole, in bytes
    /// @param start the first byte that will be there
    /// @param reserve room that is kept as long as more comes
    /// @param most bytes in memory at a time, where there is room for more than the reserve
    Pieces(Window window, long size, long start, long reserve, long most) {
        this.window = window;
        this.size = size;
        this.reserve = reserve;
        this.most = most;
        this.base = start;
        this.end = start;
    }

    long base() {
        return base;
    }

    long end() {
        return end;
    }

    /// Where the last piece begins.
    long last() {
        return pieces.isEmpty() ? end : end - pieces.getLast().length;
    }

    /// The reserve was had from the window.
    void reserved() {
        held += reserve;
        settle();
    }

    /// Makes room for a piece that is about to be read.
    ///
    /// @return whether there is any
    boolean begin(int length) {
        long needed = end - base + length;
        if (needed > held && (needed > most || !window.tryTake(needed - held))) {
            return false;
        }
        held = Math.max(held, needed);
        pending = length;
        return true;
    }

    /// The piece that room was made for has been read, or the first bytes of it.
    void add(byte[] piece, int got) {
        pending = 0;
        if (got > 0 && !closed) {
            pieces.add(got == piece.length ? piece : Arrays.copyOf(piece, got));
            end += got;
        }
        settle();
    }

    /// Lets go of the pieces before this offset.
    void dropBefore(long offset) {
        while (!pieces.isEmpty() && base + pieces.peek().length <= offset) {
            base += pieces.remove().length;
        }
        settle();
    }

    /// What is here is wrong: all of it will come again.
    void restart() {
        pieces.clear();
        base = 0;
        end = 0;
        settle();
    }

    /// No more comes: the reserve isn't needed any more, what is here is.
    void complete() {
        complete = true;
        settle();
    }

    /// Nothing is needed any more.
    void close() {
        closed = true;
        dropBefore(end);
    }

    /// Gives back the room that isn't needed any more.
    private void settle() {
        boolean more = !complete && end + pending < size;
        long due = closed ? 0 : Math.max(end - base + pending, more ? reserve : 0);
        if (held > due) {
            window.give(held - due);
            held = due;
        }
    }

    /// Copies what is here of the bytes from `at` to `limit`.
    ///
    /// @return how many, `length` at most
    int copy(long at, long limit, byte[] into, int from, int length) {
        long start = base;
        int copied = 0;
        for (byte[] piece : pieces) {
            if (start >= limit || copied == length) {
                break;
            }
            long next = at + copied;
            if (next < start + piece.length) {
                int skip = (int) (next - start);
                int n = Math.min(piece.length - skip, length - copied);
                System.arraycopy(piece, skip, into, from + copied, n);
                copied += n;
            }
            start += piece.length;
        }
        return copied;
    }
}
