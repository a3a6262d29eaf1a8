// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// GitLab's merge requests, issues and releases.
final class GitLabTickets {
    private static final String WEB = "https://gitlab.com/";

    private final FakeGitLab server;

    GitLabTickets(FakeGitLab server) {
        this.server = server;
    }

    Reply answer(Repo repo, Asked asked) {
        return switch (asked.path().getFirst()) {
            case "merge_requests" -> requests(repo, asked);
            case "issues" -> issues(repo, asked);
            case "releases" -> releases(repo, asked);
            default -> Reply.missing();
        };
    }

    private Reply requests(Repo repo, Asked asked) {
        if (asked.is("POST", "merge_requests")) {
            return open(repo, asked);
        }
        if (asked.is("GET", "merge_requests")) {
            List<ObjectNode> found = repo.pulls.reversed().stream()
                    .filter(pull -> asked.query("state").equals("all")
                            || asked.query("state").equals(state(pull)))
                    .filter(pull -> asked.query("source_branch").isEmpty()
                            || asked.query("source_branch").equals(pull.headBranch))
                    .filter(pull -> asked.query("target_branch").isEmpty()
                            || asked.query("target_branch").equals(pull.base))
                    .map(pull -> request(repo, pull))
                    .toList();
            return server.page(asked, found, 20);
        }
        Optional<Pull> pull = repo.pull(Long.parseLong(asked.path().get(1)));
        if (pull.isPresent() && asked.method().equals("PUT")) {
            pull.get().title = asked.text("title");
            pull.get().body = asked.text("description");
        }
        return pull.map(found -> Reply.ok(request(repo, found))).orElse(Reply.refused(404, "404 Not found"));
    }

    /// Opened in the project of the branch, kept in the project that it goes to.
    private Reply open(Repo from, Asked asked) {
        Repo to = asked.body().has("target_project_id")
                ? server.project(asked.body().path("target_project_id").asString())
                        .orElseThrow()
                : from;
        String head = from.refs.get("refs/heads/" + asked.text("source_branch"));
        if (head == null) {
            ObjectNode refusal = ForgeServer.NODES.objectNode();
            refusal.putObject("message").putArray("source_branch").add("does not exist");
            return Reply.json(400, refusal);
        }
        Optional<Pull> there = to.pulls.stream()
                .filter(pull ->
                        pull.open && pull.head.equals(from.slug) && pull.headBranch.equals(asked.text("source_branch")))
                .findFirst();
        if (there.isPresent()) {
            ObjectNode refusal = ForgeServer.NODES.objectNode();
            refusal.putArray("message")
                    .add("Another open merge request already exists for this source branch: !" + there.get().number);
            return Reply.json(409, refusal);
        }
        Pull pull = to.open(server.world, asked.text("title"), asked.text("description"), World.USER);
        pull.head = from.slug;
        pull.headBranch = asked.text("source_branch");
        pull.headCommit = head;
        pull.base = asked.text("target_branch");
        return Reply.created(request(to, pull));
    }

    private static String state(Pull pull) {
        return pull.merged.isPresent() ? "merged" : pull.open ? "opened" : "closed";
    }

    private ObjectNode request(Repo repo, Pull pull) {
        ObjectNode node = ForgeServer.NODES
                .objectNode()
                .put("iid", pull.number)
                .put("title", pull.title)
                .put("description", pull.body)
                .put("state", state(pull))
                .put("source_branch", pull.headBranch)
                .put("source_project_id", server.number(pull.head))
                .put("target_project_id", server.number(repo.slug))
                .put("merge_commit_sha", pull.merged.orElse(null))
                .put("merged_at", pull.merged.isPresent() ? pull.mergedAt.toString() : null)
                .put("web_url", WEB + repo.slug + "/-/merge_requests/" + pull.number);
        node.putObject("author").put("username", pull.author);
        ArrayNode labels = node.putArray("labels");
        pull.labels.forEach(labels::add);
        return node;
    }

    private Reply issues(Repo repo, Asked asked) {
        if (asked.is("GET", "issues")) {
            List<ObjectNode> found = repo.issues.stream()
                    .filter(issue -> issue.title.contains(asked.query("search")))
                    .map(issue -> issue(repo, issue))
                    .toList();
            return server.page(asked, found, 20);
        }
        if (asked.is("POST", "issues")) {
            Ticket issue = new Ticket(repo.number(), asked.text("title"), asked.text("description"));
            repo.issues.add(issue);
            return Reply.created(issue(repo, issue));
        }
        Optional<Ticket> issue = repo.issue(Long.parseLong(asked.path().get(1)));
        if (issue.isEmpty()) {
            return Reply.refused(404, "404 Not found");
        }
        if (asked.path().size() == 3) {
            return notes(issue.get(), asked);
        }
        if (asked.method().equals("PUT")) {
            issue.get().body = asked.body().has("description") ? asked.text("description") : issue.get().body;
            issue.get().open = issue.get().open && !asked.text("state_event").equals("close");
        }
        return Reply.ok(issue(repo, issue.get()));
    }

    private Reply notes(Ticket issue, Asked asked) {
        if (asked.method().equals("POST")) {
            issue.comments.add(new Ticket.Said(server.world.id(), World.USER, asked.text("body")));
            return Reply.created(note(issue.comments.getLast(), false));
        }
        List<ObjectNode> notes = new ArrayList<>();
        notes.add(note(new Ticket.Said(1, World.USER, "changed the description"), true));
        issue.comments.forEach(said -> notes.add(note(said, false)));
        return server.page(asked, notes, 20);
    }

    private static ObjectNode note(Ticket.Said said, boolean system) {
        ObjectNode node = ForgeServer.NODES
                .objectNode()
                .put("id", said.id())
                .put("body", said.body())
                .put("system", system);
        node.putObject("author").put("username", said.author());
        return node;
    }

    private static ObjectNode issue(Repo repo, Ticket issue) {
        return ForgeServer.NODES
                .objectNode()
                .put("iid", issue.number)
                .put("title", issue.title)
                .put("description", issue.body)
                .put("state", issue.open ? "opened" : "closed")
                .put("web_url", WEB + repo.slug + "/-/issues/" + issue.number);
    }

    private Reply releases(Repo repo, Asked asked) {
        if (asked.is("POST", "releases")) {
            return make(repo, asked);
        }
        if (asked.is("GET", "releases")) {
            List<ObjectNode> all = repo.releases.reversed().stream()
                    .map(GitLabTickets::release)
                    .toList();
            return server.page(asked, all, 20);
        }
        String tag = asked.path().get(1);
        Optional<Published> found = repo.releases.stream()
                .filter(release -> release.tag.equals(tag))
                .findFirst();
        if (found.isEmpty()) {
            return Reply.refused(404, "404 Not Found");
        }
        Published release = found.get();
        if (asked.is("POST", "releases", "*", "assets", "links")) {
            release.assets.add(new Published.File(server.world.id(), asked.text("name"), new byte[0], true));
            return Reply.created(link(release.assets.getLast()));
        }
        if (asked.is("DELETE", "releases", "*", "assets", "links", "*")) {
            boolean gone = release.assets.removeIf(
                    file -> Long.toString(file.id()).equals(asked.path().getLast()));
            return gone ? Reply.ok(ForgeServer.NODES.objectNode()) : Reply.refused(404, "404 Not Found");
        }
        if (asked.method().equals("PUT")) {
            change(release, asked);
        }
        return Reply.ok(release(release));
    }

    private Reply make(Repo repo, Asked asked) {
        String tag = asked.text("tag_name");
        if (repo.releases.stream().anyMatch(release -> release.tag.equals(tag))) {
            return Reply.refused(409, "Release already exists");
        }
        repo.refs.putIfAbsent("refs/tags/" + tag, asked.text("ref"));
        Published release = new Published(server.world.id(), tag);
        change(release, asked);
        repo.releases.add(release);
        return Reply.created(release(release));
    }

    private static void change(Published release, Asked asked) {
        release.name = asked.text("name");
        release.body = asked.text("description");
        release.target = asked.body().path("released_at").asString(release.target);
    }

    private static ObjectNode release(Published release) {
        ObjectNode node = ForgeServer.NODES
                .objectNode()
                .put("tag_name", release.tag)
                .put("name", release.name)
                .put("description", release.body)
                .put("released_at", release.target);
        ArrayNode links = node.putObject("assets").putArray("links");
        release.assets.forEach(file -> links.add(link(file)));
        return node;
    }

    private static ObjectNode link(Published.File file) {
        return ForgeServer.NODES.objectNode().put("id", file.id()).put("name", file.name());
    }
}
