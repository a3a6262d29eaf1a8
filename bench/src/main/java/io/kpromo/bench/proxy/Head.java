// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The head of a request or response: a start line and fields, kept in their order and spelling. RFC 9112, section 2.1.
///
/// @param startLine without its line end
/// @param fields one string each, name and value as they came
record Head(String startLine, List<String> fields) {
    Head {
        fields = List.copyOf(fields);
    }

    static Head parse(String text) throws IOException {
        List<String> lines = text.lines().filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty() || !lines.getFirst().contains("HTTP/1.")) {
            throw new IOException("this is no head of HTTP/1.1");
        }
        return new Head(lines.getFirst(), lines.subList(1, lines.size()));
    }

    Optional<String> field(String name) {
        for (String field : fields) {
            if (names(field, name)) {
                return Optional.of(field.substring(name.length() + 1).strip());
            }
        }
        return Optional.empty();
    }

    Head without(String name) {
        return new Head(
                startLine, fields.stream().filter(field -> !names(field, name)).toList());
    }

    Head with(String name, String value) {
        List<String> more = new ArrayList<>(without(name).fields);
        more.add(name + ": " + value);
        return new Head(startLine, more);
    }

    String method() {
        return startLine.substring(0, startLine.indexOf(' '));
    }

    /// The request's target: path and query.
    String target() throws IOException {
        int from = startLine.indexOf(' ');
        int to = startLine.lastIndexOf(' ');
        if (from < 0 || to <= from) {
            throw new IOException("a request line without a target: " + startLine);
        }
        return startLine.substring(from + 1, to);
    }

    int status() throws IOException {
        int from = startLine.indexOf(' ');
        try {
            return Integer.parseInt(startLine, from + 1, from + 4, 10);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("a status line without a status: " + startLine, e);
        }
    }

    /// Whether the one who sent this closes the connection after this message.
    boolean closes() {
        return field("Connection").filter("close"::equalsIgnoreCase).isPresent() || startLine.contains("HTTP/1.0");
    }

    Framing requestFraming() throws IOException {
        return isChunked() ? new Framing.Chunked() : new Framing.Sized(length(0));
    }

    Framing responseFraming(String method) throws IOException {
        int status = status();
        if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return new Framing.Sized(0);
        }
        if (isChunked()) {
            return new Framing.Chunked();
        }
        long length = length(-1);
        return length < 0 ? new Framing.ToEnd() : new Framing.Sized(length);
    }

    private boolean isChunked() {
        return field("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    }

    private long length(long otherwise) throws IOException {
        Optional<String> length = field("Content-Length");
        try {
            return length.isPresent() ? Long.parseLong(length.get()) : otherwise;
        } catch (NumberFormatException e) {
            throw new IOException("a Content-Length that is no number: " + length.get(), e);
        }
    }

    private static boolean names(String field, String name) {
        return field.length() > name.length()
                && field.charAt(name.length()) == ':'
                && field.regionMatches(true, 0, name, 0, name.length());
    }

    ByteBuffer bytes() {
        StringBuilder text = new StringBuilder(512).append(startLine).append("\r\n");
        fields.forEach(field -> text.append(field).append("\r\n"));
        return ByteBuffer.wrap(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
