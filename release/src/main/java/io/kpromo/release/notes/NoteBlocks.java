// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The fenced blocks `release-note` and `release-notes` in the body of a pull request (CommonMark 0.31, 4.5).
/// Those in comments, as templates have them, and in other fenced blocks are none.
///
/// @param present whether there is any such block
/// @param texts of those that say something
record NoteBlocks(boolean present, List<String> texts) {
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})[ \\t]*([^`]*)");
    private static final Set<String> WORDS = Set.of("release-note", "release-notes");
    private static final Set<String> NOTHING = Set.of("", "none", "n/a", "na", "no", "null");
    private static final Pattern AROUND = Pattern.compile("^[\\s\"'`*_.\\[(-]+|[\\s\"'`*_.\\])-]+$");
    private static final Pattern ACTION = Pattern.compile("(?i)^\\W{0,4}action required\\W.*");

    NoteBlocks {
        texts = List.copyOf(texts);
    }

    static NoteBlocks in(String body) {
        List<String> texts = new ArrayList<>();
        boolean present = false;
        boolean comment = false;
        List<String> lines = body.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!comment && fence.matches()) {
                int end = end(lines, i + 1, fence.group(1));
                if (WORDS.contains(fence.group(2).strip().toLowerCase(Locale.ROOT))) {
                    present = true;
                    texts.add(String.join("\n", lines.subList(i + 1, end)).strip());
                }
                i = end;
            } else {
                comment = inComment(comment, lines.get(i));
            }
        }
        texts.removeIf(NoteBlocks::saysNothing);
        return new NoteBlocks(present, texts);
    }

    /// Whether a text itself says that something must be done.
    boolean actionRequired() {
        return texts.stream()
                .anyMatch(text ->
                        ACTION.matcher(text.lines().findFirst().orElse("")).matches());
    }

    private static boolean saysNothing(String text) {
        return NOTHING.contains(AROUND.matcher(text).replaceAll("").toLowerCase(Locale.ROOT));
    }

    /// The line that closes a fence, or the end.
    private static int end(List<String> lines, int from, String fence) {
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean closes = line.length() >= fence.length()
                    && line.chars().allMatch(c -> c == fence.charAt(0))
                    && lines.get(i).indexOf(fence.charAt(0)) <= 3;
            if (closes) {
                return i;
            }
        }
        return lines.size();
    }

    /// Whether a comment of HTML is open behind a line.
    private static boolean inComment(boolean before, String line) {
        boolean open = before;
        int at = 0;
        while (at >= 0) {
            int next = line.indexOf(open ? "-->" : "<!--", at);
            if (next < 0) {
                return open;
            }
            at = next + (open ? 3 : 4);
            open = !open;
        }
        return open;
    }
}
