// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A note's Markdown, made so that it ends where it ought to: no HTML and no comment that swallows what follows, no
/// heading among ours, no block of code that stays open, nobody mentioned. Code stays as it is.
final class NoteText {
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})([^`]*)");
    /// Headings of both kinds, and rules.
    private static final Pattern HEADING = Pattern.compile("^( {0,3})(#{1,6}(?:\\s|$)|[=*_-][=*_ \\t-]*$)");

    private NoteText() {}

    static String contained(String text) {
        StringBuilder out = new StringBuilder();
        StringBuilder prose = new StringBuilder();
        String fence = "";
        List<String> lines = text.lines().toList();
        for (String line : lines) {
            Matcher found = FENCE.matcher(line);
            boolean closes = !fence.isEmpty()
                    && line.strip().length() >= fence.length()
                    && line.strip().chars().allMatch(new Only(fence.charAt(0))::is);
            if (!fence.isEmpty()) {
                out.append(line).append('\n');
                fence = closes ? "" : fence;
            } else if (found.matches()) {
                out.append(prose(prose)).append(line).append('\n');
                prose.setLength(0);
                fence = found.group(1);
            } else {
                prose.append(HEADING.matcher(line).replaceFirst("$1\\\\$2")).append('\n');
            }
        }
        out.append(prose(prose));
        return out.append(fence).toString().strip();
    }

    private record Only(char c) {
        boolean is(int other) {
            return c == other;
        }
    }

    private static String prose(CharSequence chars) {
        String text = chars.toString();
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '`') {
                int end = spanEnd(text, i);
                out.append(text, i, end);
                i = end;
            } else if (c == '\\' && i + 1 < text.length()) {
                out.append(c).append(text.charAt(i + 1));
                i += 2;
            } else {
                out.append(harmless(text, i));
                i++;
            }
        }
        return out.toString();
    }

    private static String harmless(String text, int i) {
        char c = text.charAt(i);
        if (c == '<' && !text.startsWith("https://", i + 1) && !text.startsWith("http://", i + 1)) {
            return "\\<";
        }
        boolean mention = c == '@' && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)));
        return mention ? "@<!-- -->" : String.valueOf(c);
    }

    /// The end of a code span that begins here, or of its backticks where nothing closes it (CommonMark 0.31, 6.1).
    private static int spanEnd(String text, int start) {
        int length = run(text, start);
        for (int at = text.indexOf('`', start + length); at >= 0; at = text.indexOf('`', at + run(text, at))) {
            if (run(text, at) == length) {
                return at + length;
            }
        }
        return start + length;
    }

    private static int run(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == '`') {
            end++;
        }
        return end - at;
    }
}
