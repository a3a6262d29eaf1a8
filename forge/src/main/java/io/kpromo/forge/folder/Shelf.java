// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.Comment;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Issue;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.Slug;
import io.kpromo.forge.WorkflowRun;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// All that is kept of one repository besides its source, as its JSON file has it.
///
/// @param parent what it was forked from
record Shelf(
        Optional<Slug> parent,
        List<Ticket> tickets,
        List<Pull> pulls,
        List<Release> releases,
        List<Topic> topics,
        List<Run> runs) {
    Shelf {
        tickets = List.copyOf(tickets);
        pulls = List.copyOf(pulls);
        releases = List.copyOf(releases);
        topics = List.copyOf(topics);
        runs = List.copyOf(runs);
    }

    Shelf(Optional<Slug> parent) {
        this(parent, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /// An issue with all that is known of it.
    record Ticket(Issue issue, List<String> labels, List<String> assignees, List<Comment> comments) {
        Ticket(Issue issue, NewIssue from) {
            this(issue, from.labels(), from.assignees(), List.of());
        }

        Ticket with(Issue changed) {
            return new Ticket(changed, labels, assignees, comments);
        }
    }

    /// A pull request with all that is known of it.
    ///
    /// @param merge the merge commit, once it is merged
    record Pull(
            long number,
            String title,
            String body,
            String author,
            PullRequest.State state,
            Slug headRepository,
            RefName headBranch,
            RefName base,
            List<String> labels,
            List<Comment> comments,
            Optional<CommitId> merge,
            URI web) {
        PullRequest shown() {
            return new PullRequest(number, title, body, state, headRepository, headBranch, web);
        }

        /// What points to its newest commit in the repository it goes to.
        String ref() {
            return "refs/pull/" + number + "/head";
        }

        Pull merged(CommitId commit) {
            return in(PullRequest.State.MERGED, Optional.of(commit), labels);
        }

        Pull rejected() {
            return in(PullRequest.State.CLOSED, Optional.empty(), labels);
        }

        Pull labelled(List<String> more) {
            return in(state, merge, more);
        }

        private Pull in(PullRequest.State now, Optional<CommitId> commit, List<String> labelled) {
            return new Pull(
                    number,
                    title,
                    body,
                    author,
                    now,
                    headRepository,
                    headBranch,
                    base,
                    labelled,
                    comments,
                    commit,
                    web);
        }

        Pull saying(String newTitle, String newBody, List<Comment> newComments) {
            return new Pull(
                    number,
                    newTitle,
                    newBody,
                    author,
                    state,
                    headRepository,
                    headBranch,
                    base,
                    labels,
                    newComments,
                    merge,
                    web);
        }
    }

    /// A discussion.
    record Topic(String category, String title, String body, URI web) {}

    /// A run of a job, and the branch it ran for.
    record Run(RefName branch, WorkflowRun run) {}

    /// The next free number: issues and pull requests share them.
    long next() {
        long issues = tickets.stream()
                .mapToLong(ticket -> ticket.issue().number())
                .max()
                .orElse(0);
        return Math.max(issues, pulls.stream().mapToLong(Pull::number).max().orElse(0)) + 1;
    }

    Optional<Ticket> ticket(long number) {
        return tickets.stream()
                .filter(ticket -> ticket.issue().number() == number)
                .findFirst();
    }

    Pull pull(long number) {
        return pulls.stream()
                .filter(pull -> pull.number() == number)
                .findFirst()
                .orElseThrow(() -> new ForgeException("there is no pull request " + number));
    }

    Shelf with(Ticket ticket) {
        List<Ticket> changed = put(
                tickets,
                ticket,
                other -> other.issue().number() == ticket.issue().number());
        return new Shelf(parent, changed, pulls, releases, topics, runs);
    }

    Shelf with(Pull pull) {
        List<Pull> changed = put(pulls, pull, other -> other.number() == pull.number());
        return new Shelf(parent, tickets, changed, releases, topics, runs);
    }

    Shelf with(Release release) {
        List<Release> changed = put(releases, release, other -> other.id().equals(release.id()));
        return new Shelf(parent, tickets, pulls, changed, topics, runs);
    }

    Shelf with(Topic topic) {
        return new Shelf(parent, tickets, pulls, releases, put(topics, topic, topic::equals), runs);
    }

    Shelf with(Run run) {
        List<Run> changed =
                put(runs, run, other -> other.run().id().equals(run.run().id()));
        return new Shelf(parent, tickets, pulls, releases, topics, changed);
    }

    /// In place of what it replaces, or at the end.
    private static <T> List<T> put(List<T> list, T item, Predicate<T> replaced) {
        List<T> changed = new ArrayList<>(list);
        for (int i = 0; i < changed.size(); i++) {
            if (replaced.test(changed.get(i))) {
                changed.set(i, item);
                return changed;
            }
        }
        changed.add(item);
        return changed;
    }
}
