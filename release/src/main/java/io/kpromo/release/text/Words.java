// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.text;

/// Words as they have to be written where they are shown.
public final class Words {
    private Words() {}

    /// Whether a text is one line that reads as it looks: no control characters, and none that turn the direction of
    /// writing or are not seen. What joins letters and emoji is fine.
    public static boolean plainLine(String text) {
        return text.codePoints()
                .allMatch(c -> c == 0x200c
                        || c == 0x200d
                        || switch (Character.getType(c)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR,
                                    Character.SURROGATE -> false;
                            default -> true;
                        });
    }

    /// A word of a command line for a POSIX shell: as it is, or in single quotes where the shell would see more
    /// in it than a word.
    public static String shell(String word) {
        boolean plain = !word.isEmpty()
                && word.chars()
                        .allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "@%+=:,./_-".indexOf(c) >= 0));
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
