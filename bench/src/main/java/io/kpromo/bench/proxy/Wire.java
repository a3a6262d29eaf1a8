// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One end of a connection with a buffer for what came in. What is written goes out at once, a head together with the
/// first part of its body.
final class Wire implements AutoCloseable {
    static final int BUFFER = 128 << 10;

    private final SocketChannel channel;
    private final ByteBuffer in;
    private ByteBuffer heldBack = ByteBuffer.allocate(0);

    /// @param in a buffer that this wire may use until it is closed; what it holds is dropped
    Wire(SocketChannel channel, ByteBuffer in) throws IOException {
        this.channel = channel;
        this.in = in.clear().flip();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /// The next head, or nothing where the other side has closed between two messages.
    Optional<Head> head() throws IOException {
        int end;
        int seen = 0;
        while ((end = endOfHead(seen)) < 0) {
            seen = in.remaining();
            if (seen == in.capacity()) {
                throw new IOException("a head of more than " + BUFFER + " bytes");
            }
            if (seen > 0 && !Character.isUpperCase(in.get(in.position()))) {
                throw new IOException("this is no HTTP: somebody tries TLS first");
            }
            if (!readMore()) {
                if (seen == 0) {
                    return Optional.empty();
                }
                throw new EOFException("the connection closed inside a head");
            }
        }
        byte[] head = new byte[end];
        in.get(head);
        return Optional.of(Head.parse(new String(head, StandardCharsets.ISO_8859_1)));
    }

    /// Sends these bytes with what follows, or at the next [#flush].
    void holdBack(ByteBuffer bytes) throws IOException {
        flush();
        heldBack = bytes;
    }

    void flush() throws IOException {
        while (heldBack.hasRemaining()) {
            channel.write(heldBack);
        }
    }

    /// Passes a body on.
    ///
    /// @return its bytes, without the frame of chunks
    long pass(Framing framing, Wire to) throws IOException {
        long passed = switch (framing) {
            case Framing.Sized sized -> passExactly(sized.length(), to);
            case Framing.Chunked _ -> passChunks(to);
            case Framing.ToEnd _ -> passAll(to);
        };
        to.flush();
        return passed;
    }

    private long passExactly(long length, Wire to) throws IOException {
        long left = length;
        while (left > 0) {
            if (!in.hasRemaining() && !readMore()) {
                throw new EOFException("the connection closed " + left + " bytes before the end of a body");
            }
            int part = (int) Math.min(left, in.remaining());
            to.write(in, part);
            left -= part;
        }
        return length;
    }

    private long passAll(Wire to) throws IOException {
        long passed = 0;
        while (in.hasRemaining() || readMore()) {
            passed += in.remaining();
            to.write(in, in.remaining());
        }
        return passed;
    }

    private long passChunks(Wire to) throws IOException {
        long passed = 0;
        while (true) {
            long size = chunkSize(passLine(to));
            if (size == 0) {
                break;
            }
            passed += passExactly(size, to);
            passLine(to);
        }
        while (!passLine(to).isEmpty()) {
            // a trailer field
        }
        return passed;
    }

    private static long chunkSize(String line) throws IOException {
        int end = line.indexOf(';');
        try {
            return Long.parseLong((end < 0 ? line : line.substring(0, end)).strip(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("a chunk whose size is no number: " + line, e);
        }
    }

    /// Passes on a line with its end; gives it without.
    private String passLine(Wire to) throws IOException {
        int length;
        while ((length = indexOf((byte) '\n')) < 0) {
            if (in.remaining() == in.capacity() || !readMore()) {
                throw new EOFException("the connection closed inside a line of a chunked body");
            }
        }
        byte[] line = new byte[length + 1];
        in.get(in.position(), line);
        to.write(in, line.length);
        return new String(line, StandardCharsets.ISO_8859_1).strip();
    }

    private void write(ByteBuffer from, int length) throws IOException {
        ByteBuffer part = from.slice(from.position(), length);
        if (heldBack.hasRemaining()) {
            ByteBuffer[] both = {heldBack, part};
            while (part.hasRemaining()) {
                channel.write(both);
            }
        }
        while (part.hasRemaining()) {
            channel.write(part);
        }
        from.position(from.position() + length);
    }

    private boolean readMore() throws IOException {
        in.compact();
        try {
            return channel.read(in) > 0;
        } finally {
            in.flip();
        }
    }

    private int endOfHead(int seen) {
        for (int i = Math.max(0, seen - 3) + in.position(); i + 3 < in.limit(); i++) {
            if (in.get(i) == '\r' && in.get(i + 1) == '\n' && in.get(i + 2) == '\r' && in.get(i + 3) == '\n') {
                return i + 4 - in.position();
            }
        }
        return -1;
    }

    private int indexOf(byte wanted) {
        for (int i = in.position(); i < in.limit(); i++) {
            if (in.get(i) == wanted) {
                return i - in.position();
            }
        }
        return -1;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}
