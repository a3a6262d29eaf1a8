// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.forge.api.RefusedException;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes a commit of many files in one request. Gitea builds on branches only: where the main branch is at the
/// parent that takes nothing more; otherwise the new branch is put on the parent first. One that is found there
/// without anything of its own was left half-made, and is gone on with. A branch that is to be put elsewhere keeps
/// what it has until the commit is made, for its pull request would be taken for merged.
final class GiteaCommits {
    private final GiteaPlace place;
    private final GiteaSources sources;

    GiteaCommits(GiteaPlace place, GiteaSources sources) {
        this.place = place;
        this.sources = sources;
    }

    CommitId write(NewCommit commit) throws InterruptedException {
        Optional<CommitId> before = sources.branch(commit.branch());
        boolean halfMade = commit.over().isEmpty() && before.equals(Optional.of(commit.parent()));
        if (!halfMade) {
            place.require(commit.branch(), before, commit.over());
        }
        RefName base = before.equals(Optional.of(commit.parent())) ? commit.branch() : base(commit);
        try {
            return send(commit, base, before);
        } finally {
            if (base.equals(beside(commit))) {
                sources.deleteBranch(base, commit.parent());
            }
        }
    }

    private CommitId send(NewCommit commit, RefName base, Optional<CommitId> before) throws InterruptedException {
        Ask make = place.once(Method.POST, place.target("/contents"), body(commit, base), "write a commit");
        return new Once<>(
                        () -> new CommitId(Json.text(place.api().send(make).path("commit"), "sha")),
                        () -> sources.branch(commit.branch())
                                .filter(now -> !before.equals(Optional.of(now)) && !now.equals(commit.parent())))
                .madeHere(
                        refused -> refused.is(422, "already exists") || refused.status() == 409,
                        place.why("branch " + commit.branch())
                                + " exists already, and this Gitea can't put it elsewhere");
    }

    /// A branch that is at the parent.
    private RefName base(NewCommit commit) throws InterruptedException {
        RefName main = sources.facts()
                .orElseThrow(() -> new ForgeException(place + " is not there, or hidden from this account"))
                .mainBranch();
        if (isAt(main, commit.parent())) {
            return main;
        }
        if (commit.upstream().isPresent()) {
            sync(main);
            if (isAt(main, commit.parent())) {
                return main;
            }
        }
        RefName name = commit.over().isPresent() ? beside(commit) : commit.branch();
        ObjectNode body = Json.object()
                .put("new_branch_name", name.text())
                .put("old_ref_name", commit.parent().hex());
        Ask make = place.once(Method.POST, place.target("/branches"), body, "make branch " + name);
        Once.putting(commit.parent(), () -> place.api().send(make), () -> sources.branch(name))
                .madeOrThere(refused -> refused.status() == 409);
        return name;
    }

    /// A branch at the parent, for as long as another one is put on what is made there.
    private static RefName beside(NewCommit commit) {
        return new RefName(commit.branch() + "-on-" + commit.parent().brief());
    }

    private boolean isAt(RefName branch, CommitId commit) throws InterruptedException {
        return sources.branch(branch).equals(Optional.of(commit));
    }

    /// Brings a fork up to date.
    private void sync(RefName main) throws InterruptedException {
        ObjectNode body = Json.object().put("branch", main.text());
        try {
            place.api()
                    .send(place.set(
                            Method.POST, place.target("/merge-upstream"), body, "bring " + main + " up to date"));
        } catch (RefusedException refused) {
            throw new ForgeException(
                    refused.getMessage() + "; bring the fork up to date by hand, then try again", refused);
        }
    }

    private ObjectNode body(NewCommit commit, RefName base) throws InterruptedException {
        ObjectNode body = Json.object().put("branch", base.text()).put("message", commit.message());
        if (!base.equals(commit.branch())) {
            body.put("new_branch", commit.branch().text());
            if (commit.over().isPresent()) {
                body.put("force_push", true);
            }
        }
        if (commit.author().isPresent()) {
            Author author = commit.author().get();
            body.putObject("author").put("name", author.name()).put("email", author.email());
            body.putObject("committer").put("name", author.name()).put("email", author.email());
        }
        for (SourceFile file : commit.files()) {
            ObjectNode change = body.withArray("files")
                    .addObject()
                    .put("path", file.path())
                    .put("content", Base64.getEncoder().encodeToString(file.bytes()));
            Optional<String> there = blob(base, file.path());
            change.put("operation", there.isPresent() ? "update" : "create");
            there.ifPresent(sha -> change.put("sha", sha));
        }
        return body;
    }

    /// The object of a file that is there, which a change has to name.
    private Optional<String> blob(RefName at, String path) throws InterruptedException {
        Target contents = place.target("/contents/" + Target.path(path).replace("{}", "%7B%7D"))
                .with("ref", at);
        return place.api()
                .find(place.get(contents, "look for " + path))
                .filter(JsonNode::isObject)
                .map(json -> Json.text(json, "sha"));
    }
}
