// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.forge.api.RefusedException;
import io.kpromo.forge.api.Walk;
import io.kpromo.forge.api.WholeFile;
import io.kpromo.oci.http.Method;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Files, commits, branches and tags.
final class GitLabSources implements Sources {
    private final Project project;

    GitLabSources(Project project) {
        this.project = project;
    }

    @Override
    public Optional<RepositoryFacts> facts() throws InterruptedException {
        return project.facts().map(json -> {
            JsonNode parent = json.path("forked_from_project");
            return new RepositoryFacts(
                    Slug.of(Json.text(json, "path_with_namespace")),
                    new RefName(Json.text(json, "default_branch")),
                    parent.isObject()
                            ? Optional.of(Slug.of(Json.text(parent, "path_with_namespace")))
                            : Optional.empty(),
                    ForgePlace.web(json, "web_url"));
        });
    }

    @Override
    public Optional<CommitId> branch(RefName name) throws InterruptedException {
        return project.api()
                .find(project.get(project.target("/repository/branches/{}", name), "look up branch " + name))
                .map(GitLabSources::commitId);
    }

    @Override
    public Optional<CommitId> tag(RefName name) throws InterruptedException {
        return project.api()
                .find(project.get(project.target("/repository/tags/{}", name), "look up tag " + name))
                .map(GitLabSources::commitId);
    }

    private static CommitId commitId(JsonNode ref) {
        return new CommitId(Json.text(ref.path("commit"), "id"));
    }

    @Override
    public List<RefName> tags() throws InterruptedException {
        return project.pages()
                .all(
                        project.get(project.target("/repository/tags").with("per_page", Project.PAGE), "list tags"),
                        tag -> new RefName(Json.text(tag, "name")));
    }

    @Override
    public Optional<SourceFile> file(CommitId at, String path) throws InterruptedException {
        String what = "read " + path + " at " + at.brief();
        Ask raw = project.get(project.target("/repository/files/{}/raw", path).with("ref", at), what);
        return WholeFile.read(project.api(), raw, path);
    }

    /// A list of the folder, and each file.
    @Override
    public List<SourceFile> files(CommitId at, String folder, String name) throws InterruptedException {
        List<String> paths = new ArrayList<>();
        try {
            project.pages()
                    .<JsonNode>each(
                            project.get(
                                    project.target("/repository/tree")
                                            .with("path", folder)
                                            .with("ref", at)
                                            .with("recursive", true)
                                            .with("per_page", Project.PAGE),
                                    "list " + folder + " at " + at.brief()),
                            entry -> entry,
                            entry -> {
                                if (Json.text(entry, "type").equals("blob")) {
                                    paths.add(Json.text(entry, "path"));
                                }
                                return true;
                            });
        } catch (RefusedException refused) {
            if (refused.status() != 404) {
                throw refused;
            }
            return List.of();
        }
        return Walk.read(this, at, paths, folder, name);
    }

    @Override
    public CommitId write(NewCommit commit) throws InterruptedException {
        return new GitLabCommits(project, this).write(commit);
    }

    @Override
    public void deleteBranch(RefName name, CommitId expected) throws InterruptedException {
        Optional<CommitId> at = branch(name);
        if (at.isPresent()) {
            project.require(name, at, Optional.of(expected));
            project.api()
                    .delete(project.target("/repository/branches/{}", name).toString(), project.why("delete " + name));
        }
    }

    /// GitLab writes the account of the token into the tag, whoever is named as its tagger.
    @Override
    public void createTag(RefName name, CommitId commit, String message, Optional<Author> tagger)
            throws InterruptedException {
        ObjectNode body = Json.object()
                .put("tag_name", name.text())
                .put("ref", commit.hex())
                .put("message", message);
        Ask make = project.once(Method.POST, project.target("/repository/tags"), body, "make tag " + name);
        Once.putting(commit, () -> project.api().send(make), () -> tag(name))
                .madeHere(refused -> refused.is(400, "already exists"), project.why("make tag " + name));
    }

    /// Newest first there, oldest first here.
    @Override
    public List<SourceCommit> between(String from, String to) throws InterruptedException {
        List<SourceCommit> commits = project.pages()
                .all(
                        project.get(
                                project.target("/repository/commits")
                                        .with("ref_name", from + ".." + to)
                                        .with("per_page", Project.PAGE),
                                "compare " + from + " with " + to),
                        GitLabSources::commit);
        return commits.reversed();
    }

    private static SourceCommit commit(JsonNode json) {
        return new SourceCommit(
                new CommitId(Json.text(json, "id")),
                Json.text(json, "message"),
                Json.text(json, "author_name"),
                OffsetDateTime.parse(Json.text(json, "committed_date")).toInstant(),
                ForgePlace.web(json, "web_url"));
    }
}
