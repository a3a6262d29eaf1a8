// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A socket with a buffer for what was read ahead. Each wait for the other side has a deadline, kept by the server.
final class Wire implements Closeable {
    private static final int BUFFER = 16 << 10;
    private static final long NOT_WAITING = Long.MAX_VALUE;

    private final SocketChannel channel;
    private final long patience;
    private final ByteBuffer ahead = ByteBuffer.allocate(BUFFER).limit(0);
    private volatile long deadline = NOT_WAITING;

    Wire(SocketChannel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience.toNanos();
    }

    /// Whether the other side has kept us waiting for longer than we do.
    boolean overdue(long now) {
        long until = deadline;
        return until != NOT_WAITING && now - until > 0;
    }

    /// A line without its end (CRLF).
    ///
    /// @throws EOFException when there is none any more
    String line(int longest) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (!ahead.hasRemaining() && !fill()) {
                throw new EOFException("connection ended");
            }
            char c = (char) (ahead.get() & 0xff);
            if (c == '\n' && !line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
                return line.toString();
            }
            if (c == '\n') {
                throw new MalformedRequestException(400, "a line must end with CR LF");
            }
            if (line.length() >= longest) {
                throw new MalformedRequestException(431, "a line is longer than " + longest + " bytes");
            }
            line.append(c);
        }
    }

    /// Up to `length` bytes, at least one; -1 at the end of the connection.
    int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (ahead.hasRemaining()) {
            int count = Math.min(length, ahead.remaining());
            ahead.get(into, offset, count);
            return count;
        }
        return wait(ByteBuffer.wrap(into, offset, length));
    }

    private boolean fill() throws IOException {
        ahead.clear();
        int count = wait(ahead);
        ahead.flip();
        return count > 0;
    }

    private int wait(ByteBuffer into) throws IOException {
        deadline = System.nanoTime() + patience;
        try {
            return channel.read(into);
        } finally {
            deadline = NOT_WAITING;
        }
    }

    void write(ByteBuffer... parts) throws IOException {
        try {
            for (ByteBuffer last = parts[parts.length - 1]; last.hasRemaining(); ) {
                deadline = System.nanoTime() + patience;
                channel.write(parts);
            }
        } finally {
            deadline = NOT_WAITING;
        }
    }

    void write(String ascii) throws IOException {
        write(ByteBuffer.wrap(ascii.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// Sends a part of a file without reading it into this process.
    void write(FileChannel file, long from, long length) throws IOException {
        try {
            for (long sent = 0; sent < length; ) {
                deadline = System.nanoTime() + patience;
                long count = file.transferTo(from + sent, length - sent, channel);
                if (count <= 0 && from + sent >= file.size()) {
                    throw new EOFException("the file is shorter than it was");
                }
                sent += count;
            }
        } finally {
            deadline = NOT_WAITING;
        }
    }

    /// Says that nothing more will be sent.
    void finish() throws IOException {
        channel.shutdownOutput();
    }

    /// Ends the connection as a crash would: what is under way is lost.
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
