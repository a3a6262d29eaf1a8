// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file's text, so that what is not changed is written again byte by byte, whatever its line ends and encoding.
///
/// @param path where it really is, links followed
/// @param text decoded so that encoding it gives the same bytes
record TextFile(Path path, String text, Charset charset) {
    /// Where binary files show themselves, as git looks.
    private static final int HEAD = 8000;

    /// A line without its end.
    ///
    /// @param number from 1
    /// @param start of it in the text
    record Line(int number, int start, String text) {
        int end() {
            return start + text.length();
        }
    }

    static TextFile of(Path path, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new TextFile(path, text, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            // Not UTF-8: each byte becomes a character, and that character this byte again.
            return new TextFile(path, new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        }
    }

    boolean isBinary() {
        int nul = text.indexOf('\0');
        return nul >= 0 && nul < HEAD;
    }

    byte[] bytes() {
        return text.getBytes(charset);
    }

    TextFile with(String changed) {
        return new TextFile(path, changed, charset);
    }

    List<Line> lines() {
        List<Line> all = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            Line line = line(all.size() + 1, start);
            all.add(line);
            start = next(line);
        }
        return all;
    }

    /// The lines that hold a text, without looking at others more than needed.
    List<Line> linesWith(String wanted) {
        List<Line> all = new ArrayList<>();
        int number = 1;
        int counted = 0;
        int at = text.indexOf(wanted);
        while (at >= 0) {
            int start = text.lastIndexOf('\n', at - 1) + 1;
            for (int i = text.indexOf('\n', counted); i >= 0 && i < start; i = text.indexOf('\n', i + 1)) {
                number++;
            }
            counted = start;
            Line line = line(number, start);
            all.add(line);
            int next = next(line);
            at = next >= text.length() ? -1 : text.indexOf(wanted, next);
        }
        return all;
    }

    private Line line(int number, int start) {
        int end = text.indexOf('\n', start);
        int stop = end < 0 ? text.length() : end;
        boolean crlf = stop > start && end >= 0 && text.charAt(stop - 1) == '\r';
        return new Line(number, start, text.substring(start, crlf ? stop - 1 : stop));
    }

    private int next(Line line) {
        int end = text.indexOf('\n', line.end());
        return end < 0 ? text.length() : end + 1;
    }
}
