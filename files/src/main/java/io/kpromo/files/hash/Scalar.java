// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A text as a YAML scalar: plain where it can be, else in quotes, as Go's library writes it. Readers of YAML 1.1
/// would take some plain texts for numbers, dates or truth values; these are quoted too.
final class Scalar {
    private static final Set<String> WORDS = Set.of(
            "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", ".nan", ".inf", "+.inf", "-.inf");
    private static final int LONGEST_WORD = 5;
    private static final String BASES = "xXbBoO_";
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+" + "|(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?)");
    private static final Pattern SIXTIES = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern DATE = Pattern.compile(
            "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]*)?.*)?");
    private static final String FIRST = "#,[]{}&*!|>'\"%@`";

    private Scalar() {}

    /// @param text of one line, not empty
    static String of(String text) {
        if (isOtherThanText(text) || !isPrintable(text)) {
            return doublyQuoted(text);
        }
        return isPlain(text) ? text : "'" + text.replace("'", "''") + "'";
    }

    /// The same for hex digits, many of them: nothing but a number can be meant.
    static String ofHex(String digits) {
        return isOtherThanText(digits) ? doublyQuoted(digits) : digits;
    }

    private static boolean isOtherThanText(String text) {
        char first = text.charAt(0);
        if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
            return isOtherFromItsStart(text);
        }
        return isWord(text);
    }

    private static boolean isWord(String text) {
        return text.length() <= LONGEST_WORD && WORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    /// Expressions are asked last: hashes are many, and most begin with a digit.
    private static boolean isOtherFromItsStart(String text) {
        if (text.length() > 4 && text.charAt(4) == '-' && DATE.matcher(text).matches()) {
            return true;
        }
        boolean based = isBased(text);
        for (int i = 0; !based && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '9' && c != ':' && c != '_' && c != 'e' && c != 'E') {
                return isWord(text);
            }
        }
        return NUMBER.matcher(text.replace("_", "")).matches()
                || SIXTIES.matcher(text).matches();
    }

    /// Whether it may be a number that says what it is based on, as `0x1f` and `-0b1` do.
    private static boolean isBased(String text) {
        int zero = text.indexOf('0');
        return (zero == 0 || zero == 1) && text.length() > zero + 1 && BASES.indexOf(text.charAt(zero + 1)) >= 0;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintable(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(int c) {
        return (c >= ' ' && c <= '~')
                || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
    }

    private static boolean isPlain(String text) {
        char first = text.charAt(0);
        if (FIRST.indexOf(first) >= 0 || text.startsWith("---") || text.startsWith("...")) {
            return false;
        }
        if ((first == '-' || first == '?') && isBlank(text, 1)) {
            return false;
        }
        boolean fine = first != ' ' && text.charAt(text.length() - 1) != ' ';
        for (int i = text.indexOf(':'); fine && i >= 0; i = text.indexOf(':', i + 1)) {
            fine = !isBlank(text, i + 1);
        }
        return fine && !text.contains(" #");
    }

    private static boolean isBlank(String text, int at) {
        return at == text.length() || text.charAt(at) == ' ';
    }

    private static String doublyQuoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (isPrintable(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(escaped(c));
            }
        });
        return quoted.append('"').toString();
    }

    private static String escaped(int c) {
        String form = c <= 0xff ? "\\x%02X" : c <= 0xffff ? "\\u%04X" : "\\U%08X";
        return String.format(Locale.ROOT, form, c);
    }
}
