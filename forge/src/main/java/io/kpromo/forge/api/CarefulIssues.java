// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.Comment;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Issue;
import io.kpromo.forge.Issues;
import io.kpromo.forge.NewIssue;
import java.util.Optional;

/// Issues of a forge that lets everybody open and say things twice: it is looked first, and again where an answer
/// got lost. No forge has "change if unchanged", so it is looked before a change as well, and a moment is left.
public abstract class CarefulIssues implements Issues {
    private final ForgePlace place;
    private final int longestText;

    /// @param longestText in characters, of issues and of comments
    protected CarefulIssues(ForgePlace place, int longestText) {
        this.place = place;
        this.longestText = longestText;
    }

    /// Sends the order to open an issue.
    protected abstract Issue open(NewIssue issue) throws InterruptedException;

    /// Sends the order to add a comment.
    protected abstract Comment say(long number, String body) throws InterruptedException;

    /// Sends the order to change the text of an issue.
    protected abstract Issue reword(long number, String body) throws InterruptedException;

    @Override
    public final Issue create(NewIssue issue) throws InterruptedException {
        place.checked("the issue", issue.body(), longestText);
        return new Once<>(() -> open(issue), () -> open(issue.title())).lookedFirst();
    }

    private Optional<Issue> open(String title) throws InterruptedException {
        return titled(title).stream().filter(Issue::open).findFirst();
    }

    @Override
    public final Issue update(Issue asRead, String body) throws InterruptedException {
        String what = "issue " + asRead.number();
        place.checked(what, body, longestText);
        Issue now = get(asRead.number()).orElseThrow(() -> new ForgeException(place.why(what) + " is gone"));
        if (!now.body().equals(asRead.body())) {
            throw new ConflictException(place.why(what) + " was changed by somebody else");
        }
        return reword(asRead.number(), body);
    }

    @Override
    public final Comment comment(long number, String body) throws InterruptedException {
        place.checked("the comment on " + number, body, longestText);
        return new Once<>(() -> say(number, body), () -> said(number, body)).made();
    }

    /// Forges cut white space at the ends.
    private Optional<Comment> said(long number, String body) throws InterruptedException {
        return comments(number).reversed().stream()
                .filter(comment -> comment.body().strip().equals(body.strip()))
                .findFirst();
    }
}
