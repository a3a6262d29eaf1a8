// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.Comment;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Issue;
import io.kpromo.forge.Issues;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.Slug;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The issues of one repository.
record FolderIssues(Network network, Slug slug) implements Issues {
    @Override
    public Optional<Issue> get(long number) {
        return network.shelf(slug).ticket(number).map(Shelf.Ticket::issue);
    }

    @Override
    public List<Issue> titled(String title) {
        return network.shelf(slug).tickets().stream()
                .map(Shelf.Ticket::issue)
                .filter(issue -> issue.title().equals(title))
                .toList();
    }

    @Override
    public Issue create(NewIssue request) throws InterruptedException {
        Bodies.check(request.title(), request.body());
        return network.changing(slug, work -> {
            Optional<Issue> open =
                    titled(request.title()).stream().filter(Issue::open).findFirst();
            if (open.isPresent()) {
                return open.get();
            }
            long number = work.shelf().next();
            Issue issue =
                    new Issue(number, request.title(), request.body(), true, network.web(slug, "issues/" + number));
            work.replace(work.shelf().with(new Shelf.Ticket(issue, request)));
            return issue;
        });
    }

    @Override
    public Issue update(Issue asRead, String body) throws InterruptedException {
        Bodies.check(asRead.title(), body);
        return network.changing(slug, work -> {
            Shelf.Ticket ticket = ticket(work, asRead.number());
            Issue now = ticket.issue();
            if (!now.body().equals(asRead.body())) {
                throw new ConflictException("issue " + slug + "#" + now.number() + " was changed by somebody else");
            }
            Issue changed = new Issue(now.number(), now.title(), body, now.open(), now.web());
            work.replace(work.shelf().with(ticket.with(changed)));
            return changed;
        });
    }

    @Override
    public void close(long number) throws InterruptedException {
        network.changing(slug, work -> {
            Shelf.Ticket ticket = ticket(work, number);
            Issue now = ticket.issue();
            work.replace(work.shelf().with(ticket.with(new Issue(number, now.title(), now.body(), false, now.web()))));
            return number;
        });
    }

    private Shelf.Ticket ticket(Network.Work work, long number) {
        return work.shelf()
                .ticket(number)
                .orElseThrow(() -> new ForgeException("there is no issue " + slug + "#" + number));
    }

    @Override
    public List<Comment> comments(long number) {
        Shelf shelf = network.shelf(slug);
        return shelf.ticket(number)
                .map(Shelf.Ticket::comments)
                .orElseGet(() -> shelf.pull(number).comments());
    }

    @Override
    public Comment comment(long number, String body) throws InterruptedException {
        Bodies.check("comment", body);
        return network.changing(slug, work -> {
            List<Comment> comments = new ArrayList<>(comments(number));
            Comment comment = new Comment(
                    network.user(), body, network.web(slug, "issues/" + number + "#" + (comments.size() + 1)));
            comments.add(comment);
            Optional<Shelf.Ticket> ticket = work.shelf().ticket(number);
            if (ticket.isPresent()) {
                Shelf.Ticket told = ticket.get();
                work.replace(
                        work.shelf().with(new Shelf.Ticket(told.issue(), told.labels(), told.assignees(), comments)));
            } else {
                Shelf.Pull pull = work.shelf().pull(number);
                work.replace(work.shelf().with(pull.saying(pull.title(), pull.body(), comments)));
            }
            return comment;
        });
    }
}
