// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.text;

import java.util.regex.Pattern;

/// Text of others inside Markdown of ours.
public final class Markdown {
    private static final String SPECIAL = "\\`*_{}[]<>()#+!|~@&$";
    /// What becomes a link without any marks (GFM 0.29, 6.9).
    private static final Pattern ADDRESS = Pattern.compile("(?i)(https?|ftp|\\bwww)(://|\\.)");
    private static final Pattern LIST_NUMBER = Pattern.compile("^(\\d{1,9})\\.(?=\\s|$)");

    private Markdown() {}

    /// Text that is shown as it is, on one line: nothing in it is a link, a mention, HTML or a new line.
    public static String escaped(String text) {
        if (text.isBlank()) {
            return "";
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.strip().codePoints().forEach(c -> {
            if (c == '@' || c == '#') {
                // A backslash does not keep forges from making mentions and references of what follows; an empty
                // comment between both does, and is not shown.
                out.appendCodePoint(c).append("<!-- -->");
            } else if (c < 0x80 && SPECIAL.indexOf(c) >= 0) {
                out.append('\\').appendCodePoint(c);
            } else {
                out.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        String line = out.charAt(0) == '-' ? "\\" + out : out.toString();
        return ADDRESS.matcher(LIST_NUMBER.matcher(line).replaceFirst("$1\\\\."))
                .replaceAll("$1\\\\$2");
    }

    /// Text in a code span; a run of backticks in it is shorter than those around it (CommonMark 0.31, 6.1).
    public static String code(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        String fence = "`".repeat(longestRun(line) + 1);
        boolean padded = line.startsWith("`") || line.endsWith("`") || line.isBlank();
        return padded ? fence + " " + line + " " + fence : fence + line + fence;
    }

    /// Text in a fenced block that ends where it ought to.
    public static String block(String language, String text) {
        String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
        return fence + language + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence + "\n";
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
