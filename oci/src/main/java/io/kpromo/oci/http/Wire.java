// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Sends one request over one connection and reads the head of its answer.
final class Wire {
    private static final int UPLOAD_PATIENCE = 5;

    private final Time time;
    private final Timeouts timeouts;
    /// A registry may read all of a large blob again before it says that it has it.
    private final Duration uploadPatience;
    private final Duration bodyPatience;

    private final ConnectionPool pool;
    private final Dialer dialer;
    private final String userAgent;

    Wire(Time time, Timeouts timeouts, ConnectionPool pool, Dialer dialer, String userAgent) {
        this.time = time;
        this.timeouts = timeouts;
        // Not by Duration.multipliedBy: it works with BigDecimal, whose tables take 10 ms to set up.
        this.uploadPatience =
                Duration.ofNanos(UPLOAD_PATIENCE * timeouts.answer().toNanos());
        this.bodyPatience = timeouts.stall().plus(timeouts.stall());
        this.pool = pool;
        this.dialer = dialer;
        this.userAgent = userAgent;
    }

    /// A request on its way.
    ///
    /// @param request as the caller gave it
    /// @param to where it goes, which is another host's after a redirect
    /// @param target the path and the query there
    /// @param authorization as it is sent; only ever given for the registry's own origin
    /// @param guarded whether `to` was named by a stranger and must not be an inner address
    record Letter(Request request, Origin to, String target, Optional<String> authorization, boolean guarded) {}

    /// One exchange. A connection that was kept and turns out to have been closed meanwhile is replaced, unseen: no
    /// server has read a request whose answer did not even begin there.
    ///
    /// @return an answer that the caller closes
    Answer send(Letter letter) throws IOException, InterruptedException {
        boolean large =
                letter.request().body().map(b -> b.length() > Sending.PIECE).orElse(false);
        Optional<Connection> kept = pool.take(letter.to(), large);
        if (kept.isPresent()) {
            try {
                return exchange(letter, kept.get());
            } catch (StaleException stale) {
                if (!letter.request().kind().repeatable()) {
                    throw stale;
                }
                // The body says itself where it can't be opened again.
                return exchange(letter, dial(letter));
            }
        }
        return exchange(letter, dial(letter));
    }

    private Connection dial(Letter letter) throws IOException {
        Connection connection = dialer.open(letter.to(), letter.guarded());
        pool.opened(connection);
        return connection;
    }

    private Answer exchange(Letter letter, Connection connection) throws IOException, InterruptedException {
        boolean done = false;
        try {
            Answer answer = exchangeOn(connection, letter);
            done = true;
            return answer;
        } finally {
            if (!done) {
                pool.discard(connection);
            }
        }
    }

    private Answer exchangeOn(Connection connection, Letter letter) throws IOException, InterruptedException {
        byte[] head = head(letter, connection);
        Optional<Body> body = letter.request().body();
        Sending sending = new Sending(connection, head);
        boolean whole = sending.run(body);
        Deadline deadline = Deadline.in(time, patience(letter.request()), "answer");
        while (true) {
            byte[] bytes = headBytes(connection, deadline, sending);
            Head answer = new Head(bytes);
            if (answer.status() >= 200) {
                connection.readWithin(timeouts.stall());
                return new Answer(
                        answer,
                        body(connection, letter.request().method(), answer).at(pace(letter.request())),
                        connection,
                        pool,
                        whole,
                        sending.count(),
                        bytes.length);
            }
            if (answer.status() == 101) {
                throw new IOException("the answer changes the protocol, which nobody asked for");
            }
        }
    }

    private Duration patience(Request request) {
        return request.kind().isLong() ? uploadPatience : timeouts.answer();
    }

    /// Who works long may send a sign of life now and then, as S3 does while it puts parts together.
    private Pace pace(Request request) {
        return new Pace(request.kind().isLong() ? uploadPatience : bodyPatience);
    }

    private static byte[] headBytes(Connection connection, Deadline deadline, Sending sending) throws IOException {
        try {
            byte[] bytes = connection.readHead(Head.LARGEST, deadline);
            if (bytes != null) {
                return bytes;
            }
        } catch (SocketTimeoutException late) {
            throw timeout("no answer in time", late);
        } catch (IOException broken) {
            throw sending.failure(broken);
        }
        throw sending.failure(new EOFException("the connection was closed without an answer"));
    }

    private static SocketTimeoutException timeout(String what, SocketTimeoutException cause) {
        SocketTimeoutException named = new SocketTimeoutException(what);
        named.initCause(cause);
        return named;
    }

    private byte[] head(Letter letter, Connection connection) throws IOException {
        Request request = letter.request();
        String target = connection.absolute() ? letter.to() + letter.target() : letter.target();
        RequestHead head = new RequestHead(request.method().name(), target)
                .header("Host", letter.to().authority());
        if (letter.authorization().isPresent()) {
            head.header("Authorization", letter.authorization().get());
        }
        if (connection.proxyAuthorization().isPresent()) {
            head.header("Proxy-Authorization", connection.proxyAuthorization().get());
        }
        head.header("User-Agent", userAgent).headers(request.headers());
        boolean sends = request.method() != Method.GET && request.method() != Method.HEAD;
        if (sends || request.body().isPresent()) {
            head.header(
                    "Content-Length",
                    Long.toString(request.body().map(Body::length).orElse(0L)));
        }
        return head.end();
    }

    /// RFC 9112, "Message Body Length".
    private static BodyInput body(Connection connection, Method method, Head head) throws IOException {
        if (method == Method.HEAD || head.status() == 204 || head.status() == 304) {
            return new FixedInput(connection, 0);
        }
        List<String> codings = head.headers("Transfer-Encoding");
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
                throw new IOException("the body comes in an unknown transfer coding");
            }
            return new ChunkedInput(connection);
        }
        List<String> lengths = head.headers("Content-Length");
        return lengths.isEmpty() ? new UntilCloseInput(connection) : new FixedInput(connection, length(lengths));
    }

    private static long length(List<String> values) throws IOException {
        String first = values.getFirst();
        boolean fine = !first.isEmpty() && first.length() <= 18;
        for (int i = 0; fine && i < first.length(); i++) {
            fine = first.charAt(i) >= '0' && first.charAt(i) <= '9';
        }
        for (String other : values) {
            fine &= other.equals(first);
        }
        if (!fine) {
            throw new IOException("the answer has no readable length: " + Redact.printable(String.join(", ", values)));
        }
        return Long.parseLong(first);
    }
}
