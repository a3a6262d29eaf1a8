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
    /// Headings of both kinds, and rules; also in lists and quotes.
    private static final Pattern HEADING =
            Pattern.compile("^((?:(?:[-+*]|\\d{1,9}[.)])[ \\t]|[> ])*+)(?<! {4})(#{1,6}(?:\\s|$)|[=*_-][=*_ \\t-]*$)");
    /// What reads as `@` only once it is shown.
    private static final Pattern ENTITY = Pattern.compile("&(?:#|commat\\b)");

    private NoteText() {}

    static String contained(String text) {
        StringBuilder out = new StringBuilder();
        StringBuilder prose = new StringBuilder();
        String fence = "";
        List<String> lines = text.lines().toList();
        for (String line : lines) {
            Matcher found = FENCE.matcher(line);
            boolean closes = !fence.isEmpty() && closes(line, fence);
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

    /// Just as CommonMark has it (0.31, 4.5): what is seen as the end one line too early or too late leaves text of
    /// others as it is.
    private static boolean closes(String line, String fence) {
        int indent = line.length() - line.replaceFirst("^ +", "").length();
        String marks = line.substring(indent).replaceFirst("[ \\t]+$", "");
        return indent <= 3 && marks.length() >= fence.length() && marks.chars().allMatch(c -> c == fence.charAt(0));
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
            } else if (c == '\\' && i + 1 < text.length() && "@&".indexOf(text.charAt(i + 1)) < 0) {
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
        if (c == '&' && ENTITY.matcher(text).region(i, text.length()).lookingAt()) {
            return "&amp;";
        }
        if (c == ':' && i > 0 && text.charAt(i - 1) == ']') {
            return "\\:"; // else it might say where links of other notes lead
        }
        boolean mention = c == '@' && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)));
        return mention ? "@<!-- -->" : String.valueOf(c);
    }

    /// The end of a code span that begins here, or of its backticks where nothing closes it (CommonMark 0.31, 6.1).
    /// One that a paragraph, an item or a cell might end before is taken for none.
    private static int spanEnd(String text, int start) {
        int length = run(text, start);
        int newline = text.indexOf('\n', start);
        int line = newline < 0 ? text.length() : newline;
        for (int at = text.indexOf('`', start + length);
                at >= 0 && at < line;
                at = text.indexOf('`', at + run(text, at))) {
            if (run(text, at) == length) {
                return text.substring(start, at).indexOf('|') < 0 ? at + length : start + length;
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
