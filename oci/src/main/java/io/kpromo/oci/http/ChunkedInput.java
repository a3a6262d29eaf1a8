// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;

/// A body in chunks. RFC 9112, "Chunked Transfer Coding". Trailers are read over.
final class ChunkedInput extends BodyInput {
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_TRAILERS = 64;
    private static final int MOST_DIGITS = 15;

    private final Connection connection;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(Connection connection) {
        this.connection = connection;
    }

    @Override
    int some(byte[] into, int from, int most) throws IOException {
        if (ended) {
            return -1;
        }
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int n = connection.read(into, from, (int) Math.min(most, left));
        if (n < 0) {
            throw broken(count(), ", " + left + " before the end of its chunk");
        }
        left -= n;
        return n;
    }

    private boolean nextChunk() throws IOException {
        if (!first && line() != 0) {
            throw new IOException("a chunk of the body is longer than it says");
        }
        first = false;
        left = size();
        if (left > 0) {
            return true;
        }
        for (int i = 0; line() > 0; i++) {
            if (i == MOST_TRAILERS) {
                throw new IOException("the body has more than " + MOST_TRAILERS + " trailers");
            }
        }
        ended = true;
        return false;
    }

    /// The size of the next chunk: hexadecimal digits, then perhaps an extension, which is read over.
    private long size() throws IOException {
        long size = 0;
        int digits = 0;
        int c = next();
        for (; digit(c) >= 0; c = next()) {
            size = size * 16 + digit(c);
            if (++digits > MOST_DIGITS) {
                break;
            }
        }
        boolean ends = c == '\r' || c == '\n' || c == ';' || c == ' ' || c == '\t';
        if (digits == 0 || digits > MOST_DIGITS || !ends) {
            throw new IOException("a chunk of the body has no readable size");
        }
        if (c != '\n') {
            line();
        }
        return size;
    }

    /// Reads to the end of a line; how many characters stood before it.
    private int line() throws IOException {
        int length = 0;
        for (int c = next(); c != '\n'; c = next()) {
            if (c != '\r' && ++length > LONGEST_LINE) {
                throw new IOException("a line between the chunks of the body is too long");
            }
        }
        return length;
    }

    private int next() throws IOException {
        int c = connection.read();
        if (c < 0) {
            throw broken(count(), ", before its last chunk");
        }
        return c;
    }

    private static int digit(int c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    @Override
    boolean atEnd() {
        return ended;
    }
}
