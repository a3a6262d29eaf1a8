// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.forge.api.RefusedException;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pull requests. GitHub itself keeps a second one of the same branches from being opened.
final class GitHubPullRequests implements PullRequests {
    private final Place place;

    GitHubPullRequests(Place place) {
        this.place = place;
    }

    @Override
    public Optional<PullRequest> get(long number) throws InterruptedException {
        return place.api()
                .find(place.get(place.target("/pulls/{}", number), "look up pull request " + number))
                .map(this::pullRequest);
    }

    @Override
    public Optional<PullRequest> of(Slug headRepository, RefName headBranch) throws InterruptedException {
        return newest(headRepository, headBranch, place.target("/pulls").with("state", "all"), found -> true);
    }

    private Optional<PullRequest> newest(
            Slug headRepository, RefName headBranch, Target list, Predicate<PullRequest> wanted)
            throws InterruptedException {
        List<PullRequest> found = new ArrayList<>();
        Target sorted = list.with("head", headRepository.owner() + ":" + headBranch)
                .with("sort", "created")
                .with("direction", "desc")
                .with("per_page", Place.PAGE);
        place.pages()
                .each(
                        place.get(sorted, "look for the pull request of " + headRepository + ":" + headBranch),
                        this::pullRequest,
                        request -> {
                            // GitHub looks at the owner only, who may have several forks.
                            boolean right = request.headRepository().equals(headRepository)
                                    && request.headBranch().equals(headBranch)
                                    && wanted.test(request);
                            if (right) {
                                found.add(request);
                            }
                            return !right;
                        });
        return found.stream().findFirst();
    }

    @Override
    public PullRequest create(NewPullRequest request) throws InterruptedException {
        place.checked("the pull request", request.body(), Place.LONGEST_TEXT);
        boolean own = request.headRepository().equals(place.slug());
        try {
            return create(request, !own);
        } catch (RefusedException refused) {
            // Forks of organisations can't let others in.
            if (refused.is(422, "fork_collab") || refused.is(422, "fork collab")) {
                return create(request, false);
            }
            throw refused;
        }
    }

    private PullRequest create(NewPullRequest request, boolean open) throws InterruptedException {
        Slug head = request.headRepository();
        ObjectNode body = Json.object()
                .put("title", request.title())
                .put("head", head.owner() + ":" + request.headBranch())
                .put("base", request.base().text())
                .put("body", request.body())
                .put("maintainer_can_modify", open);
        if (!head.equals(place.slug())) {
            body.put("head_repo", head.name());
        }
        Ask make = place.once(
                Method.POST,
                place.target("/pulls"),
                body,
                "open a pull request from " + head + ":" + request.headBranch() + " to " + request.base());
        return new Once<>(() -> pullRequest(place.api().send(make)), () -> open(request))
                .madeOrThere(refused -> refused.is(422, "already exists"));
    }

    @Override
    public Optional<PullRequest> open(NewPullRequest request) throws InterruptedException {
        Target list = place.target("/pulls").with("state", "open").with("base", request.base());
        return newest(request.headRepository(), request.headBranch(), list, found -> true);
    }

    @Override
    public PullRequest update(long number, String title, String body) throws InterruptedException {
        ObjectNode changed = Json.object()
                .put("title", title)
                .put("body", place.checked("pull request " + number, body, Place.LONGEST_TEXT));
        return pullRequest(place.api()
                .send(place.set(
                        Method.PATCH,
                        place.target("/pulls/{}", number),
                        changed,
                        "change the text of pull request " + number)));
    }

    @Override
    public List<MergedPullRequest> merged(String from, String to) throws InterruptedException {
        return new MergedRange(place).between(from, to);
    }

    private PullRequest pullRequest(JsonNode json) {
        JsonNode head = json.path("head");
        // A fork may be gone; its owner is still told.
        Slug repository = head.path("repo").isObject()
                ? Slug.of(Json.text(head.path("repo"), "full_name"))
                : new Slug(
                        Json.text(head, "label").split(":", 2)[0], place.slug().name());
        return new PullRequest(
                Json.number(json, "number"),
                Json.text(json, "title"),
                Json.textOrEmpty(json, "body"),
                state(json),
                repository,
                new RefName(Json.text(head, "ref")),
                ForgePlace.web(json, "html_url"));
    }

    private static PullRequest.State state(JsonNode json) {
        if (!Json.textOrEmpty(json, "merged_at").isEmpty()) {
            return PullRequest.State.MERGED;
        }
        return switch (Json.text(json, "state")) {
            case "open" -> PullRequest.State.OPEN;
            case "closed" -> PullRequest.State.CLOSED;
            case String other -> throw new ForgeException("GitHub's answer has a pull request that is " + other);
        };
    }
}
