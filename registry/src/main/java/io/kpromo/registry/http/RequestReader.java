// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// Reads requests off a connection, strictly: what two programs could read in two ways is refused (RFC 9112, section
/// 11).
final class RequestReader {
    static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 100;
    private static final int LARGEST_HEAD = 64 << 10;

    private final Wire wire;
    private final Traffic traffic;

    RequestReader(Wire wire, Traffic traffic) {
        this.wire = wire;
        this.traffic = traffic;
    }

    /// A request whose body is still on the wire.
    ///
    /// @param body the same stream as the request's
    /// @param closes whether the sender wants the connection closed after the answer
    record Incoming(HttpRequest request, BodyInput body, boolean closes) {}

    /// @throws java.io.EOFException when the connection ends before another request
    Incoming read() throws IOException {
        String line = wire.line(LONGEST_LINE);
        if (line.isEmpty()) {
            line = wire.line(LONGEST_LINE); // RFC 9112, section 2.2: one empty line is forgiven
        }
        int afterMethod = line.indexOf(' ');
        int beforeVersion = line.lastIndexOf(' ');
        if (afterMethod <= 0 || beforeVersion <= afterMethod + 1) {
            throw new MalformedRequestException(400, "not a request line");
        }
        String method = line.substring(0, afterMethod);
        String target = line.substring(afterMethod + 1, beforeVersion);
        String version = line.substring(beforeVersion + 1);
        if (!Headers.isToken(method) || !isTarget(target)) {
            throw new MalformedRequestException(400, "not a request line");
        }
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new MalformedRequestException(505, "this server speaks HTTP/1.1");
        }
        Headers headers = headers();
        boolean old = version.equals("HTTP/1.0");
        if (!old && headers.all("Host").size() != 1) {
            throw new MalformedRequestException(400, "a request names one Host");
        }
        return incoming(method, path(target), headers, old);
    }

    private Incoming incoming(String method, String target, Headers headers, boolean old) throws IOException {
        boolean chunked = isChunked(headers);
        OptionalLong length = length(headers, chunked);
        boolean waits = !old && headers.first("Expect").orElse("").equalsIgnoreCase("100-continue");
        BodyInput body = chunked
                ? BodyInput.chunked(wire, traffic, waits)
                : BodyInput.fixed(wire, traffic, waits, length.orElse(0));
        boolean closes = old || headers.first("Connection").orElse("").equalsIgnoreCase("close");
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return new Incoming(
                new HttpRequest(
                        method, path, query(question < 0 ? "" : target.substring(question + 1)), headers, length, body),
                body,
                closes);
    }

    private Headers headers() throws IOException {
        Headers headers = new Headers();
        int size = 0;
        for (String line = wire.line(LONGEST_LINE); !line.isEmpty(); line = wire.line(LONGEST_LINE)) {
            size += line.length();
            if (headers.size() == MOST_HEADERS || size > LARGEST_HEAD) {
                throw new MalformedRequestException(431, "the head of the request is too large");
            }
            int colon = line.indexOf(':');
            try {
                headers.add(
                        line.substring(0, Math.max(0, colon)),
                        line.substring(colon + 1).strip());
            } catch (IllegalArgumentException e) {
                throw new MalformedRequestException(400, "not a header field");
            }
        }
        return headers;
    }

    private static boolean isChunked(Headers headers) throws MalformedRequestException {
        List<String> codings = headers.all("Transfer-Encoding");
        if (codings.isEmpty()) {
            return false;
        }
        if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
            throw new MalformedRequestException(501, "only chunked is known as a transfer coding");
        }
        return true;
    }

    private static OptionalLong length(Headers headers, boolean chunked) throws MalformedRequestException {
        List<String> lengths = headers.all("Content-Length");
        if (chunked && !lengths.isEmpty()) {
            throw new MalformedRequestException(400, "either Content-Length or Transfer-Encoding");
        }
        if (lengths.isEmpty()) {
            return chunked ? OptionalLong.empty() : OptionalLong.of(0);
        }
        String text = lengths.getFirst();
        boolean digits = !text.isEmpty() && text.length() <= 18;
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!digits || lengths.size() > 1) {
            throw new MalformedRequestException(400, "not a Content-Length");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static Query query(String text) throws MalformedRequestException {
        try {
            return Query.parse(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException(400, "not a query");
        }
    }

    /// The target without scheme and authority, where a proxy's client sends them.
    private static String path(String target) throws MalformedRequestException {
        if (target.startsWith("/")) {
            return target;
        }
        int slash = target.startsWith("http://") ? target.indexOf('/', "http://".length()) : -1;
        if (slash < 0) {
            throw new MalformedRequestException(400, "not a target");
        }
        return target.substring(slash);
    }

    private static boolean isTarget(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
