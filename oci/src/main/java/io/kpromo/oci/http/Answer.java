// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An answer on its connection. Closing it gives the connection back where it stands before its next answer.
final class Answer implements Response, AutoCloseable {
    /// As much is read to keep a connection; beyond it a new one is cheaper.
    private static final int WORTH_READING = 32 * 1024;

    private static final Duration WORTH_WAITING = Duration.ofMillis(500);

    private final Head head;
    private final BodyInput body;
    private final Connection connection;
    private final ConnectionPool pool;
    private final boolean wholeRequestSent;
    private final long sent;
    private final long headLength;
    private boolean closed;

    /// @param sent bytes of the request, its head included
    Answer(
            Head head,
            BodyInput body,
            Connection connection,
            ConnectionPool pool,
            boolean wholeRequestSent,
            long sent,
            long headLength) {
        this.head = head;
        this.body = body;
        this.connection = connection;
        this.pool = pool;
        this.wholeRequestSent = wholeRequestSent;
        this.sent = sent;
        this.headLength = headLength;
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public Optional<String> header(String name) {
        return head.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return head.headers(name);
    }

    @Override
    public InputStream body() {
        return body;
    }

    long sent() {
        return sent;
    }

    /// Bytes that were read, as far as they count: the head and the content of the body.
    long received() {
        return headLength + body.count();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (wholeRequestSent
                && head.keepsConnection()
                && !Thread.currentThread().isInterrupted()
                && drained()) {
            pool.release(connection);
        } else {
            pool.discard(connection);
        }
    }

    private boolean drained() {
        if (body.atEnd()) {
            return true;
        }
        if (body instanceof UntilCloseInput) {
            return false;
        }
        try {
            connection.readWithin(WORTH_WAITING);
            byte[] rest = new byte[4096];
            for (int total = 0; total < WORTH_READING; ) {
                int n = body.read(rest);
                if (n < 0) {
                    return true;
                }
                total += n;
            }
        } catch (IOException broken) {
            return false;
        }
        return body.atEnd();
    }
}
