// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pull requests. Lists of them can't be asked by branch; they come newest first.
final class GiteaPulls implements PullRequests {
    private record Merged(Instant when, MergedPullRequest request) {}

    private final GiteaPlace place;

    GiteaPulls(GiteaPlace place) {
        this.place = place;
    }

    @Override
    public Optional<PullRequest> get(long number) throws InterruptedException {
        return place.api()
                .find(place.get(place.target("/pulls/{}", number), "look up pull request " + number))
                .map(this::read);
    }

    @Override
    public Optional<PullRequest> of(Slug headRepository, RefName headBranch) throws InterruptedException {
        return newest(headRepository, headBranch, "all", json -> true);
    }

    @Override
    public Optional<PullRequest> open(NewPullRequest request) throws InterruptedException {
        return newest(
                request.headRepository(),
                request.headBranch(),
                "open",
                json -> Json.text(json.path("base"), "ref")
                        .equals(request.base().text()));
    }

    private Optional<PullRequest> newest(
            Slug headRepository, RefName headBranch, String state, Predicate<JsonNode> wanted)
            throws InterruptedException {
        List<PullRequest> found = new ArrayList<>();
        Target list = place.target("/pulls").with("state", state).with("limit", GiteaPlace.PAGE);
        place.pages()
                .<JsonNode>each(
                        place.get(list, "look for the pull request of " + headRepository + ":" + headBranch),
                        json -> json,
                        json -> {
                            PullRequest request = read(json);
                            if (request.headRepository().equals(headRepository)
                                    && request.headBranch().equals(headBranch)
                                    && wanted.test(json)) {
                                found.add(request);
                            }
                            return found.isEmpty();
                        });
        return found.stream().findFirst();
    }

    @Override
    public PullRequest create(NewPullRequest request) throws InterruptedException {
        ObjectNode body = Json.object()
                .put("title", request.title())
                .put("head", head(request))
                .put("base", request.base().text())
                .put("body", request.body());
        Ask make = place.once(Method.POST, place.target("/pulls"), body, "open a pull request from " + head(request));
        return new Once<>(() -> read(place.api().send(make)), () -> open(request))
                .madeOrThere(refused -> refused.status() == 409);
    }

    private String head(NewPullRequest request) {
        Slug head = request.headRepository();
        if (head.equals(place.slug())) {
            return request.headBranch().text();
        }
        // A fork that is called otherwise is named in full.
        return (head.name().equals(place.slug().name()) ? head.owner() : head.toString()) + ":" + request.headBranch();
    }

    @Override
    public PullRequest update(long number, String title, String body) throws InterruptedException {
        ObjectNode change = Json.object().put("title", title).put("body", body);
        return read(place.api()
                .send(place.set(
                        Method.PATCH,
                        place.target("/pulls/{}", number),
                        change,
                        "change the text of pull request " + number)));
    }

    /// The commits of the range, and the pull requests that were touched since the oldest of them.
    @Override
    public List<MergedPullRequest> merged(String from, String to) throws InterruptedException {
        List<SourceCommit> commits = new GiteaSources(place).between(from, to);
        if (commits.isEmpty()) {
            return List.of();
        }
        Set<CommitId> range = new HashSet<>();
        commits.forEach(commit -> range.add(commit.id()));
        Instant oldest =
                commits.stream().map(SourceCommit::when).min(Instant::compareTo).orElseThrow();
        List<Merged> found = new ArrayList<>();
        Target list = place.target("/pulls")
                .with("state", "closed")
                .with("sort", "recentupdate")
                .with("limit", GiteaPlace.PAGE);
        place.pages().<JsonNode>each(place.get(list, "list pull requests"), json -> json, json -> {
            if (json.path("merged").asBoolean(false)) {
                found.add(merged(json));
            }
            return !when(json, "updated_at").isBefore(oldest);
        });
        return found.stream()
                .filter(one -> range.contains(one.request.mergeCommit()))
                .sorted(Comparator.comparing(Merged::when))
                .map(Merged::request)
                .toList();
    }

    private static Instant when(JsonNode json, String name) {
        return OffsetDateTime.parse(Json.text(json, name)).toInstant();
    }

    private static Merged merged(JsonNode json) {
        List<String> labels = new ArrayList<>();
        json.path("labels").forEach(label -> labels.add(Json.text(label, "name")));
        return new Merged(
                when(json, "merged_at"),
                new MergedPullRequest(
                        Json.number(json, "number"),
                        Json.text(json, "title"),
                        Json.textOrEmpty(json, "body"),
                        Json.text(json.path("user"), "login"),
                        labels,
                        new CommitId(Json.text(json, "merge_commit_sha")),
                        ForgePlace.web(json, "html_url")));
    }

    private PullRequest read(JsonNode json) {
        JsonNode head = json.path("head");
        Slug repository = head.path("repo").isObject()
                ? Slug.of(Json.text(head.path("repo"), "full_name"))
                : new Slug("gone", place.slug().name());
        boolean open = Json.text(json, "state").equals("open");
        boolean merged = json.path("merged").asBoolean(false);
        return new PullRequest(
                Json.number(json, "number"),
                Json.text(json, "title"),
                Json.textOrEmpty(json, "body"),
                merged ? PullRequest.State.MERGED : open ? PullRequest.State.OPEN : PullRequest.State.CLOSED,
                repository,
                new RefName(Json.text(head, "ref")),
                ForgePlace.web(json, "html_url"));
    }
}
