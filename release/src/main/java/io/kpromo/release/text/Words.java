// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.text;

/// Words as they have to be written where they are shown.
public final class Words {
    private Words() {}

    /// A word of a command line for a POSIX shell: as it is, or in single quotes where the shell would see more
    /// in it than a word.
    public static String shell(String word) {
        boolean plain = !word.isEmpty()
                && word.chars()
                        .allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "@%+=:,./_-".indexOf(c) >= 0));
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
