// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Versions in lines of text.
final class VersionText {
    private static final Pattern LIKE_A_VERSION = Pattern.compile(
            "(?<![0-9A-Za-z.])v?\\d+(?:\\.\\d+)*(?:[-+.][0-9A-Za-z]+)*|v\\d+(?:\\.\\d+)+(?:[-+.][0-9A-Za-z]+)*");
    private static final int SHOWN = 100;

    private VersionText() {}

    /// Where a version stands by itself: not as a part of a longer number, as `1.22` does in `1.22.6`, in
    /// `1.22rc1` or in `11.22`.
    static List<Integer> places(String version, String line) {
        List<Integer> all = new ArrayList<>();
        for (int at = line.indexOf(version); at >= 0; at = line.indexOf(version, at + 1)) {
            if (begins(version, line, at) && ends(version, line, at + version.length())) {
                all.add(at);
            }
        }
        return all;
    }

    /// Where a version begins a longer one, as `1.22` does in `1.22.6`, but not in `1.22rc1`.
    static List<Integer> beginnings(String version, String line) {
        List<Integer> all = new ArrayList<>();
        for (int at = line.indexOf(version); at >= 0; at = line.indexOf(version, at + 1)) {
            int end = at + version.length();
            boolean longer = isDigit(version.charAt(version.length() - 1))
                    && end + 1 < line.length()
                    && line.charAt(end) == '.'
                    && isDigit(line.charAt(end + 1));
            if (longer && begins(version, line, at)) {
                all.add(at);
            }
        }
        return all;
    }

    /// The line with a version replaced wherever it stands by itself; places that are a part of the new version
    /// already stay.
    static String replaced(String line, String from, String to) {
        return replaced(line, places(from, line), from, to);
    }

    /// The line with a version replaced wherever it begins a longer one, whose rest stays.
    static String replacedBeginnings(String line, String from, String to) {
        return replaced(line, beginnings(from, line), from, to);
    }

    private static String replaced(String line, List<Integer> places, String from, String to) {
        List<Integer> done = places(to, line);
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (int at : places) {
            boolean within = done.stream().anyMatch(start -> start <= at && at + from.length() <= start + to.length());
            if (!within && at >= copied) {
                out.append(line, copied, at).append(to);
                copied = at + from.length();
            }
        }
        return out.append(line.substring(copied)).toString();
    }

    /// What stands in a line instead of a version: something like one, or else the line.
    static String found(String line, Optional<com.google.re2j.Pattern> match) {
        int from = 0;
        if (match.isPresent()) {
            com.google.re2j.Matcher matched = match.get().matcher(line);
            from = matched.find() ? matched.start() : 0;
        }
        Matcher version = LIKE_A_VERSION.matcher(line);
        return version.find(from) || version.find(0) ? version.group() : shortened(line.strip());
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }

    private static boolean begins(String version, String line, int at) {
        if (at == 0 || !isDigit(version.charAt(0))) {
            return true;
        }
        char before = line.charAt(at - 1);
        return !isDigit(before) && !(before == '.' && at > 1 && isDigit(line.charAt(at - 2)));
    }

    private static boolean ends(String version, String line, int end) {
        if (end == line.length() || !isDigit(version.charAt(version.length() - 1))) {
            return true;
        }
        char after = line.charAt(end);
        return !Character.isLetterOrDigit(after)
                && !(after == '.' && end + 1 < line.length() && isDigit(line.charAt(end + 1)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
