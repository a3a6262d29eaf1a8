// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

/// What a stranger wrote, fit for one line of ours.
public final class Shown {
    private static final int LONGEST = 100;

    private Shown() {}

    /// @return at most some hundred characters, none of which moves a terminal
    public static String briefly(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
