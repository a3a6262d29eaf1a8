// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.oci.http.Method;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes a commit of many files and its branch in one request; a fork that lags takes its beginning from the
/// project that it was forked from. Whether a file is new or changed has to be said, so that is asked for each.
final class GitLabCommits {
    private final Project project;
    private final GitLabSources sources;

    GitLabCommits(Project project, GitLabSources sources) {
        this.project = project;
        this.sources = sources;
    }

    CommitId write(NewCommit commit) throws InterruptedException {
        Optional<CommitId> before = sources.branch(commit.branch());
        project.require(commit.branch(), before, commit.over());
        Ask make = project.once(Method.POST, project.target("/repository/commits"), body(commit), "write a commit");
        return new Once<>(
                        () -> new CommitId(Json.text(project.api().send(make), "id")), () -> madeBefore(commit, before))
                .madeHere(refused -> refused.is(400, "already exists"), project.why("make branch " + commit.branch()));
    }

    /// The branch moved, and what is there has our message over our parent.
    private Optional<CommitId> madeBefore(NewCommit commit, Optional<CommitId> before) throws InterruptedException {
        Optional<CommitId> now = sources.branch(commit.branch());
        if (now.isEmpty() || now.equals(before)) {
            return Optional.empty();
        }
        JsonNode made = project.api()
                .send(project.get(
                        project.target("/repository/commits/{}", now.get()),
                        "look up commit " + now.get().brief()));
        boolean ours =
                Json.text(made, "message").strip().equals(commit.message().strip())
                        && made.path("parent_ids")
                                .path(0)
                                .asString("")
                                .equals(commit.parent().hex());
        return ours ? now : Optional.empty();
    }

    private ObjectNode body(NewCommit commit) throws InterruptedException {
        ObjectNode body = Json.object().put("branch", commit.branch().text()).put("commit_message", commit.message());
        if (commit.over().isEmpty() || !commit.over().get().equals(commit.parent())) {
            body.put("start_sha", commit.parent().hex())
                    .put("force", commit.over().isPresent());
            commit.upstream().ifPresent(upstream -> body.put("start_project", upstream.toString()));
        }
        if (commit.author().isPresent()) {
            Author author = commit.author().get();
            body.put("author_name", author.name()).put("author_email", author.email());
        }
        Project base =
                commit.upstream().map(slug -> new Project(project.api(), slug)).orElse(project);
        for (SourceFile file : commit.files()) {
            body.withArray("actions")
                    .addObject()
                    .put("action", isThere(base, commit.parent(), file.path()) ? "update" : "create")
                    .put("file_path", file.path())
                    .put("encoding", "base64")
                    .put("content", Base64.getEncoder().encodeToString(file.bytes()));
        }
        return body;
    }

    private static boolean isThere(Project base, CommitId at, String path) throws InterruptedException {
        Ask ask = base.get(base.target("/repository/files/{}", path).with("ref", at), "look for " + path);
        Ask head = new Ask(Method.HEAD, ask.target(), ask.headers(), ask.body(), ask.kind(), ask.bucket(), ask.why());
        return base.api().find(head, response -> true).isPresent();
    }
}
