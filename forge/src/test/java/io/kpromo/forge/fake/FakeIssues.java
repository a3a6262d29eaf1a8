// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Slug;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// GitHub's issues and comments, and its search, which learns of an issue only after a while.
final class FakeIssues {
    private static final Pattern SEARCH = Pattern.compile("repo:([^ /]+)/([^ ]+) is:issue in:title \"([^\"]*)\"");
    /// So many of the newest issues are not found yet.
    private static final int UNKNOWN = 2;

    private final ForgeServer server;

    FakeIssues(ForgeServer server) {
        this.server = server;
    }

    Reply search(Asked asked) {
        Matcher query = SEARCH.matcher(asked.query("q"));
        if (!query.matches()) {
            return FakeGitHub.invalid("Search", "q", "invalid", "");
        }
        Repo repo = server.world.repository(new Slug(query.group(1), query.group(2)));
        List<Ticket> known = repo.issues.subList(0, Math.max(0, repo.issues.size() - UNKNOWN));
        List<ObjectNode> found = known.stream()
                .filter(issue -> words(issue.title).contains(words(query.group(3))))
                .map(issue -> issue(repo, issue))
                .toList();
        return server.page(asked, found, 30, nodes -> {
            ObjectNode all = ForgeServer.NODES.objectNode().put("total_count", found.size());
            all.set("items", nodes);
            return all;
        });
    }

    private static String words(String title) {
        return title.replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    Reply answer(Repo repo, Asked asked) {
        if (asked.is("GET", "issues")) {
            return list(repo, asked);
        }
        if (asked.is("POST", "issues")) {
            return open(repo, asked);
        }
        Optional<Ticket> issue = repo.issue(Long.parseLong(asked.path().get(1)));
        if (issue.isEmpty()) {
            return Reply.missing();
        }
        return asked.path().size() == 3 ? comments(repo, issue.get(), asked) : one(repo, issue.get(), asked);
    }

    /// Pull requests are issues too.
    private Reply list(Repo repo, Asked asked) {
        List<ObjectNode> all = new ArrayList<>();
        repo.issues.forEach(issue -> all.add(issue(repo, issue)));
        repo.pulls.forEach(pull -> {
            ObjectNode node = issue(repo, new Ticket(pull.number, pull.title, pull.body));
            node.putObject("pull_request");
            all.add(node);
        });
        all.sort((one, other) ->
                Long.compare(other.path("number").asLong(), one.path("number").asLong()));
        return server.page(asked, all, 30);
    }

    private Reply open(Repo repo, Asked asked) {
        if (asked.text("title").isEmpty() || asked.text("body").length() > FakeGitHub.LONGEST_TEXT) {
            return FakeGitHub.invalid("Issue", "body", "custom", "body is too long, or there is no title");
        }
        Ticket issue = new Ticket(repo.number(), asked.text("title"), asked.text("body"));
        repo.issues.add(issue);
        return Reply.created(issue(repo, issue));
    }

    private static Reply one(Repo repo, Ticket issue, Asked asked) {
        if (asked.method().equals("PATCH")) {
            if (asked.text("body").length() > FakeGitHub.LONGEST_TEXT) {
                return FakeGitHub.invalid("Issue", "body", "custom", "body is too long");
            }
            issue.body = asked.body().has("body") ? asked.text("body") : issue.body;
            issue.open = asked.body().has("state") ? asked.text("state").equals("open") : issue.open;
        }
        return Reply.ok(issue(repo, issue));
    }

    private Reply comments(Repo repo, Ticket issue, Asked asked) {
        if (asked.method().equals("GET")) {
            return server.page(
                    asked,
                    issue.comments.stream().map(said -> comment(repo, said)).toList(),
                    30);
        }
        Ticket.Said said = new Ticket.Said(server.world.id(), World.USER, asked.text("body"));
        issue.comments.add(said);
        return Reply.created(comment(repo, said));
    }

    private static ObjectNode issue(Repo repo, Ticket issue) {
        return ForgeServer.NODES
                .objectNode()
                .put("number", issue.number)
                .put("title", issue.title)
                .put("body", issue.body)
                .put("state", issue.open ? "open" : "closed")
                .put("html_url", "https://github.com/" + repo.slug + "/issues/" + issue.number);
    }

    private static ObjectNode comment(Repo repo, Ticket.Said said) {
        ObjectNode node = ForgeServer.NODES
                .objectNode()
                .put("id", said.id())
                .put("body", said.body())
                .put("html_url", "https://github.com/" + repo.slug + "/issues#" + said.id());
        node.putObject("user").put("login", said.author());
        return node;
    }
}
