// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Author;
import io.kpromo.forge.BranchFacts;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.WholeFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Files, commits, branches and tags, by REST's Git data and one query of GraphQL.
final class GitHubSources implements Sources {
    private static final String RAW = "application/vnd.github.raw+json";

    private final Place place;
    private final Refs refs;
    private volatile Optional<RefName> main = Optional.empty();
    private volatile Optional<String> id = Optional.empty();

    GitHubSources(Place place) {
        this.place = place;
        this.refs = new Refs(place);
    }

    @Override
    public Optional<RepositoryFacts> facts() throws InterruptedException {
        Optional<RepositoryFacts> facts = place.api()
                .find(place.get(place.target(""), "look up the repository"))
                .map(ForgePlace::facts);
        main = facts.map(RepositoryFacts::mainBranch);
        return facts;
    }

    @Override
    public Optional<BranchFacts> facts(RefName branch) throws InterruptedException {
        Optional<Standing> found = place.graph().answers() ? standing(branch) : Optional.empty();
        // REST knows a repository without any branch, too.
        return found.isPresent() ? found.map(Standing::facts) : Sources.super.facts(branch);
    }

    private Optional<Standing> standing(RefName branch) throws InterruptedException {
        Optional<Standing> found = Standing.of(place, branch);
        main = found.map(standing -> standing.facts().repository().mainBranch());
        id = found.map(Standing::id);
        return found;
    }

    /// What GraphQL calls the repository; a request only where nobody has looked.
    ///
    /// @param branch some branch that is there
    String id(RefName branch) throws InterruptedException {
        return (id.isPresent() ? id : standing(branch).map(Standing::id)).orElseThrow(this::missing);
    }

    private ForgeException missing() {
        return new ForgeException(place + " is not there, or hidden from this account");
    }

    /// As it was last seen; a request only where nobody has looked.
    RefName mainBranch() throws InterruptedException {
        return (main.isPresent() ? main : facts().map(RepositoryFacts::mainBranch)).orElseThrow(this::missing);
    }

    @Override
    public Optional<CommitId> branch(RefName name) throws InterruptedException {
        return refs.branch(name);
    }

    @Override
    public Optional<CommitId> tag(RefName name) throws InterruptedException {
        return refs.tag(name);
    }

    @Override
    public List<RefName> tags() throws InterruptedException {
        return refs.tags();
    }

    /// In raw form: as JSON, contents of more than a megabyte come back empty.
    @Override
    public Optional<SourceFile> file(CommitId at, String path) throws InterruptedException {
        String what = "read " + path + " at " + at.brief();
        Ask raw = place.get(place.target("/contents/{}", path).with("ref", at), what)
                .with("Accept", RAW);
        // A folder comes as a list, in JSON.
        return WholeFile.read(
                place.api(),
                raw,
                path,
                response -> response.header("Content-Type")
                        .filter(type -> type.startsWith("application/json"))
                        .isEmpty());
    }

    @Override
    public List<SourceFile> files(CommitId at, String folder, String name) throws InterruptedException {
        return new FolderFiles(place, this).read(at, folder, name);
    }

    @Override
    public CommitId write(NewCommit commit) throws InterruptedException {
        return new Committing(place, this, refs).write(commit);
    }

    @Override
    public void deleteBranch(RefName name, CommitId expected) throws InterruptedException {
        refs.delete(name, expected);
    }

    @Override
    public void createTag(RefName name, CommitId commit, String message, Optional<Author> tagger)
            throws InterruptedException {
        refs.createTag(name, commit, message, tagger);
    }

    /// A hundred a request; without pages GitHub stops at 250.
    @Override
    public List<SourceCommit> between(String from, String to) throws InterruptedException {
        List<SourceCommit> commits = new ArrayList<>();
        place.pages()
                .each(
                        place.get(
                                place.target("/compare/{}", from + "..." + to).with("per_page", Place.PAGE),
                                "compare " + from + " with " + to),
                        "commits",
                        GitHubSources::commit,
                        commits::add);
        return commits;
    }

    private static SourceCommit commit(JsonNode json) {
        JsonNode commit = json.path("commit");
        return new SourceCommit(
                new CommitId(Json.text(json, "sha")),
                Json.text(commit, "message"),
                Json.textOrEmpty(commit.path("author"), "name"),
                Instant.parse(Json.text(commit.path("committer"), "date")),
                ForgePlace.web(json, "html_url"));
    }
}
