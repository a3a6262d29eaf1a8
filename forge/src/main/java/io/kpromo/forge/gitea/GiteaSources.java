// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.forge.api.Target;
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
final class GiteaSources implements Sources {
    private final GiteaPlace place;

    GiteaSources(GiteaPlace place) {
        this.place = place;
    }

    @Override
    public Optional<RepositoryFacts> facts() throws InterruptedException {
        return place.api()
                .find(place.get(place.target(""), "look up the repository"))
                .map(ForgePlace::facts);
    }

    @Override
    public Optional<CommitId> branch(RefName name) throws InterruptedException {
        return place.api()
                .find(place.get(place.target("/branches/{}", name), "look up branch " + name))
                .map(branch -> new CommitId(Json.text(branch.path("commit"), "id")));
    }

    @Override
    public Optional<CommitId> tag(RefName name) throws InterruptedException {
        return place.api()
                .find(place.get(place.target("/tags/{}", name), "look up tag " + name))
                .map(tag -> new CommitId(Json.text(tag.path("commit"), "sha")));
    }

    @Override
    public List<RefName> tags() throws InterruptedException {
        return place.pages()
                .all(
                        place.get(place.target("/tags").with("limit", GiteaPlace.PAGE), "list tags"),
                        tag -> new RefName(Json.text(tag, "name")));
    }

    @Override
    public Optional<SourceFile> file(CommitId at, String path) throws InterruptedException {
        String what = "read " + path + " at " + at.brief();
        Target raw = place.target("/raw/" + Target.path(path).replace("{}", "%7B%7D"))
                .with("ref", at);
        return WholeFile.read(place.api(), place.get(raw, what), path);
    }

    /// Down to the tree of the folder, a list of it, and each file.
    @Override
    public List<SourceFile> files(CommitId at, String folder, String name) throws InterruptedException {
        Optional<String> tree = Optional.of(at.hex());
        for (String part : folder.split("/", -1)) {
            tree = tree.isEmpty() ? tree : child(tree.get(), part);
        }
        if (tree.isEmpty()) {
            return List.of();
        }
        List<String> paths = new ArrayList<>();
        for (JsonNode entry : entries(tree.get(), true)) {
            if (Json.text(entry, "type").equals("blob")) {
                paths.add(folder + "/" + Json.text(entry, "path"));
            }
        }
        return Walk.read(this, at, paths, folder, name);
    }

    private Optional<String> child(String tree, String name) throws InterruptedException {
        return entries(tree, false).stream()
                .filter(entry -> Json.text(entry, "path").equals(name)
                        && Json.text(entry, "type").equals("tree"))
                .map(entry -> Json.text(entry, "sha"))
                .findFirst();
    }

    /// A thousand or so a page, told by numbers and not by links.
    private List<JsonNode> entries(String tree, boolean recursive) throws InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        for (int page = 1; ; page++) {
            Target target = place.target("/git/trees/{}", tree)
                    .with("recursive", recursive)
                    .with("page", page);
            JsonNode some = place.api().send(place.get(target, "list a folder"));
            some.path("tree").forEach(entries::add);
            if (!some.path("truncated").asBoolean(false) || some.path("tree").isEmpty()) {
                return entries;
            }
        }
    }

    @Override
    public CommitId write(NewCommit commit) throws InterruptedException {
        return new GiteaCommits(place, this).write(commit);
    }

    @Override
    public void deleteBranch(RefName name, CommitId expected) throws InterruptedException {
        Optional<CommitId> at = branch(name);
        if (at.isPresent()) {
            place.require(name, at, Optional.of(expected));
            place.api().delete(place.target("/branches/{}", name).toString(), place.why("delete " + name));
        }
    }

    /// Gitea writes the account of the token into the tag, whoever is named as its tagger.
    @Override
    public void createTag(RefName name, CommitId commit, String message, Optional<Author> tagger)
            throws InterruptedException {
        ObjectNode body = Json.object()
                .put("tag_name", name.text())
                .put("target", commit.hex())
                .put("message", message);
        Ask make = place.once(Method.POST, place.target("/tags"), body, "make tag " + name);
        Once.putting(commit, () -> place.api().send(make), () -> tag(name))
                .madeHere(refused -> refused.status() == 409, place.why("make tag " + name));
    }

    /// All at once, newest first there.
    @Override
    public List<SourceCommit> between(String from, String to) throws InterruptedException {
        JsonNode compared = place.api()
                .send(place.get(place.target("/compare/{}", from + "..." + to), "compare " + from + " with " + to));
        List<SourceCommit> commits = new ArrayList<>();
        compared.path("commits").forEach(commit -> commits.add(commit(commit)));
        return commits.reversed();
    }

    private static SourceCommit commit(JsonNode json) {
        JsonNode commit = json.path("commit");
        return new SourceCommit(
                new CommitId(Json.text(json, "sha")),
                Json.text(commit, "message"),
                Json.textOrEmpty(commit.path("author"), "name"),
                OffsetDateTime.parse(Json.text(commit.path("committer"), "date"))
                        .toInstant(),
                ForgePlace.web(json, "html_url"));
    }
}
