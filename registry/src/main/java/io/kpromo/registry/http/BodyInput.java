// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of one request on a connection that may carry more. RFC 9112, section 6.
abstract sealed class BodyInput extends InputStream {
    private static final int LONGEST_CHUNK_LINE = 256;
    private static final int MOST_TRAILERS = 32;

    private final Wire wire;
    private final Traffic traffic;
    private boolean toldToContinue;

    /// @param waits whether the sender waits for `100 Continue` before it sends (RFC 9110, section 10.1.1)
    private BodyInput(Wire wire, Traffic traffic, boolean waits) {
        this.wire = wire;
        this.traffic = traffic;
        this.toldToContinue = !waits;
    }

    static BodyInput fixed(Wire wire, Traffic traffic, boolean waits, long length) {
        return new Fixed(wire, traffic, waits, length);
    }

    static BodyInput chunked(Wire wire, Traffic traffic, boolean waits) {
        return new Chunked(wire, traffic, waits);
    }

    /// How many bytes may be read at once, 0 at the end.
    abstract long available(Wire wire) throws IOException;

    abstract void took(int count);

    abstract boolean ended();

    /// Whether the sender still waits to be asked for the body.
    final boolean isUnasked() {
        return !toldToContinue && !ended();
    }

    @Override
    public final int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (ended()) {
            return -1;
        }
        if (!toldToContinue) {
            toldToContinue = true;
            wire.write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        long more = available(wire);
        if (more == 0) {
            return -1;
        }
        int count = wire.read(into, offset, (int) Math.min(length, more));
        if (count < 0) {
            throw new EOFException("the body of the request broke off");
        }
        traffic.received(count);
        took(count);
        return count;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// Reads what is left, up to a limit.
    ///
    /// @return whether the end was reached
    final boolean drain(long limit) throws IOException {
        byte[] buffer = new byte[8 << 10];
        for (long left = limit; left > 0; ) {
            int count = read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                return true;
            }
            left -= count;
        }
        return ended();
    }

    private static final class Fixed extends BodyInput {
        private long left;

        Fixed(Wire wire, Traffic traffic, boolean waits, long length) {
            super(wire, traffic, waits);
            this.left = length;
        }

        @Override
        long available(Wire wire) {
            return left;
        }

        @Override
        void took(int count) {
            left -= count;
        }

        @Override
        boolean ended() {
            return left == 0;
        }
    }

    private static final class Chunked extends BodyInput {
        private long left;
        private boolean first = true;
        private boolean ended;

        Chunked(Wire wire, Traffic traffic, boolean waits) {
            super(wire, traffic, waits);
        }

        @Override
        long available(Wire wire) throws IOException {
            if (left > 0) {
                return left;
            }
            if (!first && !wire.line(2).isEmpty()) {
                throw new MalformedRequestException(400, "a chunk must end with CR LF");
            }
            first = false;
            left = size(wire.line(LONGEST_CHUNK_LINE));
            if (left == 0) {
                skipTrailers(wire);
                ended = true;
            }
            return left;
        }

        private static long size(String line) throws MalformedRequestException {
            int end = 0;
            while (end < line.length() && Character.digit(line.charAt(end), 16) >= 0) {
                end++;
            }
            boolean extension = end < line.length();
            if (end == 0 || end > 15 || (extension && " \t;".indexOf(line.charAt(end)) < 0)) {
                throw new MalformedRequestException(400, "a chunk needs a size");
            }
            return Long.parseLong(line, 0, end, 16);
        }

        private static void skipTrailers(Wire wire) throws IOException {
            for (int i = 0; i < MOST_TRAILERS; i++) {
                if (wire.line(RequestReader.LONGEST_LINE).isEmpty()) {
                    return;
                }
            }
            throw new MalformedRequestException(431, "too many trailers");
        }

        @Override
        void took(int count) {
            left -= count;
        }

        @Override
        boolean ended() {
            return ended;
        }
    }
}
