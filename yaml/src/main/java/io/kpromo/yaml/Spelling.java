// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a person may have meant.
final class Spelling {
    private static final int SHOWN = 100;

    private Spelling() {}

    /// `did you mean "images"?`, or what would be known.
    static String suggestion(String written, Collection<String> known) {
        String best = "";
        int least = Math.max(2, written.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(written, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty()
                ? "known are " + known.stream().sorted().collect(Collectors.joining(", "))
                : "did you mean " + quoted(best) + "?";
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints()
                .limit(SHOWN)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(out::appendCodePoint);
        if (text.codePointCount(0, text.length()) > SHOWN) {
            out.append('…');
        }
        return out.append('"').toString();
    }

    /// Levenshtein's; capital letters, `_` and `-` cost nothing.
    private static int distance(String a, String b) {
        String x = plain(a);
        String y = plain(b);
        if (Math.abs(x.length() - y.length()) > SHOWN) {
            return SHOWN;
        }
        int[] row = new int[y.length() + 1];
        for (int j = 0; j <= y.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= x.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= y.length(); j++) {
                int replaced = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[y.length()];
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
