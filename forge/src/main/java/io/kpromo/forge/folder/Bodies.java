// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.ForgeException;

/// What forges refuse of titles and texts.
final class Bodies {
    private static final int LONGEST = 65_536;

    private Bodies() {}

    static void check(String title, String body) {
        check(title, body, LONGEST);
    }

    static void check(String title, String body, int longest) {
        if (title.isBlank()) {
            throw new ForgeException("a title is empty");
        }
        if (body.length() > longest) {
            throw new ForgeException(
                    "the text of \"" + title + "\" has " + body.length() + " characters; at most " + longest + " fit");
        }
    }
}
