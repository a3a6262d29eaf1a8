// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Slug;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// GitHub's pull requests.
final class FakePulls {
    private final ForgeServer server;

    FakePulls(ForgeServer server) {
        this.server = server;
    }

    Reply answer(Repo repo, Asked asked) {
        if (asked.is("GET", "pulls")) {
            return list(repo, asked);
        }
        if (asked.is("POST", "pulls")) {
            return open(repo, asked);
        }
        Optional<Pull> pull =
                asked.path().size() == 2 ? repo.pull(Long.parseLong(asked.path().get(1))) : Optional.empty();
        if (pull.isPresent() && asked.method().equals("PATCH")) {
            if (asked.text("body").length() > FakeGitHub.LONGEST_TEXT) {
                return FakeGitHub.invalid("PullRequest", "body", "custom", "body is too long");
            }
            pull.get().title = asked.text("title");
            pull.get().body = asked.text("body");
        }
        return pull.map(found -> Reply.ok(pull(repo, found))).orElse(Reply.missing());
    }

    private Reply list(Repo repo, Asked asked) {
        String state = asked.query("state");
        String head = asked.query("head");
        Comparator<Pull> order = asked.query("sort").matches("updated|recentupdate")
                ? Comparator.comparing(pull -> pull.touched)
                : Comparator.comparing(pull -> pull.created);
        List<ObjectNode> found = repo.pulls.stream()
                .filter(pull -> state.equals("all") || pull.open == state.equals("open"))
                .filter(pull -> head.isEmpty() || head.equals(pull.head.owner() + ":" + pull.headBranch))
                .filter(pull ->
                        asked.query("base").isEmpty() || asked.query("base").equals(pull.base))
                .sorted(asked.query("direction").equals("asc") ? order : order.reversed())
                .map(pull -> pull(repo, pull))
                .toList();
        return server.page(asked, found, 30);
    }

    private Reply open(Repo repo, Asked asked) {
        String[] head = asked.text("head").split(":", 2);
        String name = asked.body().has("head_repo") ? asked.text("head_repo") : repo.slug.name();
        Optional<Repo> from = server.world.find(new Slug(head[0], name));
        String branch = "refs/heads/" + head[1];
        String base = repo.refs.get("refs/heads/" + asked.text("base"));
        if (from.isEmpty() || !from.get().refs.containsKey(branch)) {
            return FakeGitHub.invalid("PullRequest", "head", "invalid", "head is not a branch");
        }
        if (base == null) {
            return FakeGitHub.invalid("PullRequest", "base", "invalid", "base is not a branch");
        }
        String commit = from.get().refs.get(branch);
        if (repo.objects.ancestry(base).contains(commit)) {
            String message = "No commits between " + asked.text("base") + " and " + head[1];
            return FakeGitHub.invalid("PullRequest", "", "custom", message);
        }
        boolean there = repo.pulls.stream()
                .anyMatch(pull -> pull.open
                        && pull.head.equals(from.get().slug)
                        && pull.headBranch.equals(head[1])
                        && pull.base.equals(asked.text("base")));
        if (there) {
            String message = "A pull request already exists for " + asked.text("head") + ".";
            return FakeGitHub.invalid("PullRequest", "", "custom", message);
        }
        if (from.get().slug.owner().startsWith("org-")
                && asked.body().path("maintainer_can_modify").asBoolean(false)) {
            String message = "Fork collab can't be granted by someone without permission";
            return FakeGitHub.invalid("PullRequest", "fork_collab", "custom", message);
        }
        if (asked.text("title").isEmpty() || asked.text("body").length() > FakeGitHub.LONGEST_TEXT) {
            return FakeGitHub.invalid("PullRequest", "body", "custom", "body is too long, or there is no title");
        }
        Pull pull = repo.open(server.world, asked.text("title"), asked.text("body"), World.USER);
        pull.head = from.get().slug;
        pull.headBranch = head[1];
        pull.headCommit = commit;
        pull.base = asked.text("base");
        return Reply.created(pull(repo, pull));
    }

    private static ObjectNode pull(Repo repo, Pull pull) {
        ObjectNode node = ForgeServer.NODES
                .objectNode()
                .put("number", pull.number)
                .put("title", pull.title)
                .put("body", pull.body)
                .put("state", pull.open ? "open" : "closed")
                .put("merged", pull.merged.isPresent())
                .put("merged_at", pull.merged.isPresent() ? pull.mergedAt.toString() : null)
                .put("merge_commit_sha", pull.merged.orElse(null))
                .put("updated_at", pull.touched.toString())
                .put("html_url", "https://github.com/" + repo.slug + "/pull/" + pull.number);
        node.putObject("user").put("login", pull.author);
        pull.labels.forEach(label -> node.withArray("labels").addObject().put("name", label));
        ObjectNode head = node.putObject("head")
                .put("ref", pull.headBranch)
                .put("label", pull.head.owner() + ":" + pull.headBranch);
        node.putObject("base").put("ref", pull.base);
        head.set("repo", FakeGitHub.NODES.objectNode().put("full_name", pull.head.toString()));
        return node;
    }
}
