// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Bytes to text, strictly.
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {}

    /// @throws SyntaxException that names the place of the first byte that is not UTF-8
    static String text(byte[] bytes, String name) {
        if (bytes.length >= 2 && ((bytes[0] & 0xff) == 0xfe || (bytes[0] & 0xff) == 0xff)) {
            throw new SyntaxException(new Place(name, 1, 1), "is not UTF-8 but perhaps UTF-16; save it as UTF-8");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The JDK's fast way puts U+FFFD where it cannot decode. Whoever wrote that character pays for a second look.
        if (text.indexOf(REPLACEMENT) >= 0) {
            check(bytes, name);
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static void check(byte[] bytes, String name) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            String before = out.flip().toString();
            throw new SyntaxException(
                    place(before, before.length(), name),
                    "byte 0x%02x is not UTF-8; save the file as UTF-8".formatted(bytes[in.position()] & 0xff));
        }
    }

    /// The place of the character at an index of the text.
    static Place place(String text, int index, String name) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++) {
            char c = text.charAt(i);
            boolean crlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !crlf)) {
                line++;
                start = i + 1;
            }
        }
        return new Place(name, line, text.codePointCount(start, index) + 1);
    }
}
