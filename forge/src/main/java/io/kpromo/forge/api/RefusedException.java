// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.ForgeException;

/// The forge answered that it will not.
public final class RefusedException extends ForgeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String said;

    RefusedException(String message, int status, String said) {
        super(message);
        this.status = status;
        this.said = said;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// What the forge said, all of it on one line: to tell refusals of one status from each other.
    public String said() {
        return said;
    }

    /// Whether it has this status and the forge used these words, in any case.
    public boolean is(int expected, String words) {
        return status == expected && contains(words);
    }

    private boolean contains(String words) {
        for (int at = 0; at + words.length() <= said.length(); at++) {
            if (said.regionMatches(true, at, words, 0, words.length())) {
                return true;
            }
        }
        return false;
    }
}
