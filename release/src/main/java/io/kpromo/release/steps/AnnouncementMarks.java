// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the tracking issue says of announcements that leave no trace elsewhere: a line for each place, hidden in a
/// comment of HTML, first `announcing`, then `announced`. Pure.
///
/// In the text of the issue rather than in a comment, because it is read anyway, only those who may edit the issue
/// can change it, and of two runs at the same time the second is told that the text has changed.
///
/// @param body of the issue
record AnnouncementMarks(String body) {
    /// How far an announcement got.
    enum Mark {
        NONE,
        /// It was begun, and nobody knows whether it went out.
        BEGUN,
        SENT
    }

    Mark of(String place) {
        Matcher line = line(place).matcher(body);
        Mark mark = Mark.NONE;
        while (line.find()) {
            boolean sent = line.group("word").equals("announced");
            mark = sent || mark == Mark.SENT ? Mark.SENT : Mark.BEGUN;
        }
        return mark;
    }

    AnnouncementMarks begun(String place, Instant when) {
        String end = body.isEmpty() || body.endsWith("\n") ? "" : "\n";
        return new AnnouncementMarks(body + end + text("announcing", place, when) + "\n");
    }

    AnnouncementMarks sent(String place, Instant when) {
        return new AnnouncementMarks(line(place)
                .matcher(body)
                .replaceFirst(Matcher.quoteReplacement(text("announced", place, when) + "\n")));
    }

    AnnouncementMarks without(String place) {
        return new AnnouncementMarks(line(place).matcher(body).replaceAll(""));
    }

    private static String text(String word, String place, Instant when) {
        return "<!-- kpromo: " + word + " to " + harmless(place) + " at " + when.truncatedTo(ChronoUnit.SECONDS)
                + " -->";
    }

    private static Pattern line(String place) {
        return Pattern.compile("<!-- kpromo: (?<word>announcing|announced) to " + Pattern.quote(harmless(place))
                + " at [0-9TZ:.-]{1,40} -->\\r?\\n?");
    }

    /// Nothing that ends a comment of HTML.
    private static String harmless(String place) {
        return place.replaceAll("[^A-Za-z0-9@._/+,: -]", "_").replaceAll("-{2,}", "-");
    }
}
