// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.ConflictException;
import io.kpromo.forge.Issue;
import io.kpromo.forge.Issues;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The tracking issue of a release on its forge. Others edit it too: what is changed here is changed in the text
/// as it is at that moment.
final class Tracker {
    private static final int TRIES = 5;

    private final Issues issues;
    private final String title;

    Tracker(Issues issues, String title) {
        this.issues = issues;
        this.title = title;
    }

    /// The issue. Where there are several of the title, the oldest that is open; where none is open, the newest.
    Optional<Issue> find() throws InterruptedException {
        List<Issue> all = issues.titled(title);
        return all.stream()
                .filter(Issue::open)
                .findFirst()
                .or(() -> all.stream().reduce((_, later) -> later));
    }

    /// Ticks the boxes of these names, with a note. Where the issue is missing or has no such boxes that are open,
    /// nothing is written.
    ///
    /// @return whether a box was ticked
    boolean tick(List<String> boxes, String note) throws InterruptedException {
        return edit(body -> {
            TrackingIssue text = new TrackingIssue(body);
            for (String box : boxes) {
                text = text.ticked(box, note);
            }
            return text.body();
        });
    }

    /// Changes the text.
    ///
    /// @param change may be asked several times, for the text of that moment
    /// @return whether there was an issue and anything to change
    boolean edit(UnaryOperator<String> change) throws InterruptedException {
        Optional<Issue> issue = find();
        for (int left = TRIES; issue.isPresent(); left--) {
            String body = change.apply(issue.get().body());
            if (body.equals(issue.get().body())) {
                return false;
            }
            try {
                issues.update(issue.get(), body);
                return true;
            } catch (ConflictException meanwhile) {
                if (left == 0) {
                    throw meanwhile;
                }
                issue = issues.get(issue.get().number());
            }
        }
        return false;
    }
}
