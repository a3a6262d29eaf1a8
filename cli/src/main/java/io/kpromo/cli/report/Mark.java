// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import java.util.Locale;

/// What became of an image in a destination. The worst that happened to any of its tags there, if they differ:
/// later ones here are worse.
public enum Mark {
    /// Not wanted there.
    NONE('.', "not wanted"),
    UP_TO_DATE('u', "up to date"),
    TAGGED('t', "tagged"),
    COPIED('c', "copied"),
    /// Would be tagged: a dry run, or a run that was refused or interrupted.
    TO_TAG('T', "to tag"),
    /// Would be copied.
    TO_COPY('C', "to copy"),
    /// Nobody had looked at all by the time the run was interrupted, so nothing was decided or written.
    UNDECIDED('n', "undecided"),
    /// Work on it was under way when the run was interrupted.
    BEGUN('b', "begun"),
    /// Neither the destination nor a source holds it.
    LOST('l', "lost"),
    /// A rule said no.
    REFUSED('r', "refused"),
    FAILED('f', "failed");

    private final char letter;
    private final String words;

    Mark(char letter, String words) {
        this.letter = letter;
        this.words = words;
    }

    /// The mark that this letter stands for; [#NONE] for any other.
    public static Mark of(char letter) {
        for (Mark mark : values()) {
            if (mark.letter == letter) {
                return mark;
            }
        }
        return NONE;
    }

    /// The one that stands in a row's cells.
    public char letter() {
        return letter;
    }

    /// As people read it.
    public String words() {
        return words;
    }

    /// As programs read it: `up-to-date`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether someone should look at it.
    public boolean isTrouble() {
        return this == BEGUN || this == LOST || this == REFUSED || this == FAILED;
    }
}
