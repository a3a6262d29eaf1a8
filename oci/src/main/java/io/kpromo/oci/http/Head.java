// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The head of an answer: status and headers. Values become strings only where somebody asks for them.
/// RFC 9112, "HTTP/1.1".
final class Head {
    static final int LARGEST = 64 * 1024;
    private static final int MOST_HEADERS = 256;
    private static final int SHORTEST_STATUS_LINE = "HTTP/1.1 200".length();

    private final byte[] bytes;
    private final int status;
    private int[] lines = new int[3 * 16];
    private int count;

    /// @throws IOException when it is not HTTP/1.x, or a header breaks the grammar
    Head(byte[] bytes) throws IOException {
        this.bytes = bytes;
        int lineEnd = lineEnd(0);
        this.status = status(lineEnd);
        for (int from = next(lineEnd); from < bytes.length; from = next(lineEnd)) {
            lineEnd = lineEnd(from);
            if (lineEnd == from) {
                return;
            }
            header(from, lineEnd);
        }
    }

    private int status(int lineEnd) throws IOException {
        boolean http = lineEnd >= SHORTEST_STATUS_LINE
                && startsWith("HTTP/1.")
                && (bytes[7] == '0' || bytes[7] == '1')
                && bytes[8] == ' '
                && (lineEnd == SHORTEST_STATUS_LINE || bytes[SHORTEST_STATUS_LINE] == ' ');
        int number = 0;
        for (int i = 9; http && i < SHORTEST_STATUS_LINE; i++) {
            http = bytes[i] >= '0' && bytes[i] <= '9';
            number = number * 10 + bytes[i] - '0';
        }
        if (!http || number < 100) {
            throw new NotHttpException("the answer is not HTTP/1.1: it begins with " + beginning(), false);
        }
        return number;
    }

    private boolean startsWith(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String beginning() {
        return Redact.printable(new String(bytes, 0, Math.min(32, bytes.length), StandardCharsets.ISO_8859_1));
    }

    private void header(int from, int to) throws IOException {
        int colon = from;
        while (colon < to && isToken(bytes[colon])) {
            colon++;
        }
        if (colon == from || colon == to || bytes[colon] != ':' || count == MOST_HEADERS) {
            throw new IOException(
                    count == MOST_HEADERS
                            ? "the answer has more than " + MOST_HEADERS + " headers"
                            : "a header of the answer breaks the grammar");
        }
        int valueFrom = colon + 1;
        int valueTo = to;
        while (valueFrom < valueTo && isBlank(bytes[valueFrom])) {
            valueFrom++;
        }
        while (valueTo > valueFrom && isBlank(bytes[valueTo - 1])) {
            valueTo--;
        }
        for (int i = valueFrom; i < valueTo; i++) {
            if (bytes[i] == 0 || bytes[i] == '\r') {
                throw new IOException("a header of the answer holds a control character");
            }
        }
        if (3 * count == lines.length) {
            lines = Arrays.copyOf(lines, lines.length * 2);
        }
        lines[3 * count] = from;
        lines[3 * count + 1] = valueFrom;
        lines[3 * count + 2] = valueTo;
        count++;
    }

    int status() {
        return status;
    }

    Optional<String> header(String name) {
        for (int i = 0; i < count; i++) {
            if (isNamed(i, name)) {
                return Optional.of(value(i));
            }
        }
        return Optional.empty();
    }

    List<String> headers(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < count; i++) {
            if (isNamed(i, name)) {
                values.add(value(i));
            }
        }
        return values;
    }

    /// Whether one of the comma-separated members of this header is `member`, whatever its case.
    boolean has(String name, String member) {
        for (int i = 0; i < count; i++) {
            if (isNamed(i, name)) {
                for (String part : value(i).split(",", -1)) {
                    if (part.strip().equalsIgnoreCase(member)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// Whether the connection may take another request after this answer.
    boolean keepsConnection() {
        return bytes[7] == '1' ? !has("Connection", "close") : has("Connection", "keep-alive");
    }

    private boolean isNamed(int line, String name) {
        int from = lines[3 * line];
        if (bytes[from + Math.min(name.length(), bytes.length - from - 1)] != ':') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (lower(bytes[from + i]) != lower((byte) name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private String value(int line) {
        int from = lines[3 * line + 1];
        return new String(bytes, from, lines[3 * line + 2] - from, StandardCharsets.ISO_8859_1);
    }

    private int lineEnd(int from) {
        int i = from;
        while (bytes[i] != '\n') {
            i++;
        }
        return i > from && bytes[i - 1] == '\r' ? i - 1 : i;
    }

    private int next(int lineEnd) {
        return bytes[lineEnd] == '\r' ? lineEnd + 2 : lineEnd + 1;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /// RFC 9110, "token".
    static boolean isToken(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || (b > ' ' && "!#$%&'*+-.^_`|~".indexOf(b) >= 0);
    }
}
