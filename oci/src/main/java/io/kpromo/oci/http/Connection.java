// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection to one origin: a socket, what was read of it ahead, and since when it waits.
///
/// The socket belongs to a channel, so that an interrupt closes it whether its thread is virtual or not. Reads are
/// bounded by a time-out; Java knows none for writes, so [ConnectionPool] closes what writes for too long.
final class Connection implements Closeable {
    private static final int BUFFER = 16 * 1024;

    private static final byte TLS_ALERT = 0x15;
    private static final byte TLS_MAJOR = 3;

    private final Origin origin;
    private final SocketChannel channel;
    private final Socket raw;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Optional<Proxy> proxy;
    private byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private boolean used;
    private long idleSince;
    private volatile long writingSince;

    /// @param socket the channel's own, or TLS on top of it
    /// @param proxy the one that requests for plain HTTP are handed to; a tunnel through one is none
    Connection(Origin origin, SocketChannel channel, Socket socket, Optional<Proxy> proxy) throws IOException {
        this.origin = origin;
        this.channel = channel;
        this.raw = channel.socket();
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.proxy = proxy;
    }

    Origin origin() {
        return origin;
    }

    /// Whether requests name the whole address, as a proxy wants it.
    boolean absolute() {
        return proxy.isPresent();
    }

    Optional<String> proxyAuthorization() {
        return proxy.flatMap(Proxy::authorization);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /// Whether it has answered a request before; such a connection may have been closed by the other side
    /// meanwhile.
    boolean used() {
        return used;
    }

    long idleSince() {
        return idleSince;
    }

    void idle(long now) {
        used = true;
        idleSince = now;
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        writingSince = Math.max(1, System.nanoTime());
        try {
            out.write(bytes, from, length);
        } finally {
            writingSince = 0;
        }
    }

    /// Whether a write has not come to its end for this long.
    boolean stuck(long now, Duration longest) {
        long since = writingSince;
        return since != 0 && now - since > longest.toNanos();
    }

    /// How long a read may wait for a first byte.
    void readWithin(Duration longest) throws IOException {
        socket.setSoTimeout(Math.clamp(longest.toMillis(), 1, Integer.MAX_VALUE));
    }

    /// One byte, or -1 at the end.
    int read() throws IOException {
        return start < end || fill() ? buffer[start++] & 0xff : -1;
    }

    int read(byte[] into, int from, int length) throws IOException {
        if (start == end) {
            if (length >= buffer.length) {
                return in.read(into, from, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int n = Math.min(length, end - start);
        System.arraycopy(buffer, start, into, from, n);
        start += n;
        return n;
    }

    /// Reads more into the buffer; false at the end of the stream.
    private boolean fill() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
        }
        int n = in.read(buffer, end, buffer.length - end);
        if (n > 0) {
            end += n;
        }
        return n > 0;
    }

    /// The bytes up to and including an empty line, or null where the stream ends before its first byte.
    ///
    /// @param most bytes; more are refused
    byte @Nullable [] readHead(int most, Deadline deadline) throws IOException {
        int seen = 0;
        while (true) {
            int length = headLength(seen);
            if (length > 0) {
                byte[] head = Arrays.copyOfRange(buffer, start, start + length);
                start += length;
                return head;
            }
            seen = end - start;
            if (seen > 0 && buffer[start] != 'H') {
                // Not worth waiting for its end.
                boolean tls = buffer[start] == TLS_ALERT && (seen == 1 || buffer[start + 1] == TLS_MAJOR);
                throw new NotHttpException("the answer is not HTTP/1.1", tls);
            }
            if (seen >= most) {
                throw new IOException("the head of the answer has more than " + most + " bytes");
            }
            makeRoom();
            readWithin(deadline.left());
            if (!fill()) {
                if (seen == 0) {
                    return null;
                }
                throw new IOException("the connection ended within the head of the answer");
            }
        }
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }

    /// The length of the head where its empty line has come, else 0. An empty line alone counts as one.
    private int headLength(int seen) {
        for (int i = start + Math.max(0, seen - 3); i < end; i++) {
            if (buffer[i] == '\n') {
                int next = i + 1 < end && buffer[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < end && buffer[next] == '\n') {
                    return next + 1 - start;
                }
            }
        }
        return 0;
    }

    /// Whether the other side has begun to answer while we still send. TLS has messages of its own, hence the read.
    boolean answerWaits() throws IOException {
        if (start < end) {
            return true;
        }
        if (raw.getInputStream().available() == 0) {
            return false;
        }
        readWithin(Duration.ofMillis(1));
        try {
            return fill();
        } catch (SocketTimeoutException none) {
            return false;
        }
    }

    /// Whether an idle connection can take another request: nothing came, not even its end.
    boolean alive() {
        if (start < end || !channel.isOpen()) {
            return false;
        }
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) == 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException broken) {
            return false;
        }
    }

    /// Closes at once, without the farewells of TLS, for which the other side might let us wait.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to do for a socket that can't be closed.
        }
    }
}
