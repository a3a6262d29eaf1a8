// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes one request. Stops where the other side answers before it has read everything (it may refuse a large
/// body at once), so that its answer is seen rather than a broken pipe.
final class Sending {
    static final int PIECE = 64 * 1024;

    private final Connection connection;
    private final byte[] head;
    private long count;
    private @Nullable IOException writeFailure;

    Sending(Connection connection, byte[] head) {
        this.connection = connection;
        this.head = head;
    }

    /// Bytes that were written, the head included.
    long count() {
        return count;
    }

    /// @return whether all of it was sent; where not, an answer may wait all the same
    /// @throws BodyException when the body can't be opened or read, or is shorter than it says
    boolean run(Optional<Body> body) throws IOException, InterruptedException {
        long left = body.isPresent() ? body.get().length() : 0;
        if (left == 0) {
            return write(head, head.length);
        }
        try (InputStream in = open(body.get())) {
            byte[] piece = Arrays.copyOf(head, (int) Math.min(head.length + left, PIECE));
            int filled = head.length;
            while (left > 0) {
                int n = read(in, piece, filled, (int) Math.min(left, piece.length - filled));
                left -= n;
                if (!write(piece, filled + n) || (left > 0 && connection.answerWaits())) {
                    return left == 0 && writeFailure == null;
                }
                filled = 0;
            }
        }
        return true;
    }

    private static InputStream open(Body body) throws BodyException, InterruptedException {
        try {
            return body.open();
        } catch (IOException e) {
            throw new BodyException(e);
        }
    }

    private static int read(InputStream in, byte[] piece, int from, int length) throws BodyException {
        try {
            int n = in.readNBytes(piece, from, length);
            if (n == length) {
                return n;
            }
        } catch (IOException e) {
            throw new BodyException(e);
        }
        throw new BodyException("what is to be sent is shorter than announced");
    }

    private boolean write(byte[] bytes, int length) throws IOException {
        try {
            connection.write(bytes, 0, length);
            count += length;
            return true;
        } catch (IOException e) {
            if (!connection.isOpen()) {
                throw failure(e);
            }
            writeFailure = e;
            return false;
        }
    }

    /// Why there is no answer, told apart: we closed it, it was closed while it waited for us, or it broke.
    IOException failure(IOException reading) {
        IOException first = writeFailure == null ? reading : writeFailure;
        if (!connection.isOpen()) {
            SocketTimeoutException stuck = new SocketTimeoutException("the other side takes no more of the request");
            stuck.initCause(first);
            return stuck;
        }
        // A server that has taken more than the first piece was there, and may have kept what it took.
        return connection.used() && count <= PIECE ? new StaleException(first) : first;
    }
}
