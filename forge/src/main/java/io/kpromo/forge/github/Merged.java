// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.Slug;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Pull requests as they are found, each counted once, and only where it was merged into this repository by a
/// commit of the range: commits that came here by way of a fork or a backport bring pull requests of other places
/// along.
final class Merged {
    private record Found(Instant when, MergedPullRequest request) {}

    private final Slug repository;
    private final Set<String> commits = new HashSet<>();
    private final Map<Long, Found> requests = new TreeMap<>();

    Merged(Slug repository) {
        this.repository = repository;
    }

    /// The range has this commit.
    void commit(String id) {
        commits.add(id);
    }

    /// A pull request as GraphQL tells of it.
    void found(JsonNode json) {
        String when = Json.textOrEmpty(json, "mergedAt");
        String by = Json.textOrEmpty(json.path("mergeCommit"), "oid");
        boolean here =
                Slug.of(Json.text(json.path("baseRepository"), "nameWithOwner")).equals(repository);
        if (here && !when.isEmpty() && !by.isEmpty()) {
            List<String> labels = new ArrayList<>();
            json.path("labels").path("nodes").forEach(label -> labels.add(Json.text(label, "name")));
            add(json, when, by, login(json.path("author")), labels, "url");
        }
    }

    /// A pull request as REST tells of it.
    void listed(JsonNode json) {
        String when = Json.textOrEmpty(json, "merged_at");
        String by = Json.textOrEmpty(json, "merge_commit_sha");
        if (!when.isEmpty() && !by.isEmpty()) {
            List<String> labels = new ArrayList<>();
            json.path("labels").forEach(label -> labels.add(Json.text(label, "name")));
            String login = Json.textOrEmpty(json.path("user"), "login");
            add(json, when, by, login.isEmpty() ? "ghost" : login, labels, "html_url");
        }
    }

    private void add(JsonNode json, String when, String by, String author, List<String> labels, String web) {
        long number = Json.number(json, "number");
        requests.put(
                number,
                new Found(
                        Instant.parse(when),
                        new MergedPullRequest(
                                number,
                                Json.text(json, "title"),
                                Json.textOrEmpty(json, "body"),
                                author,
                                labels,
                                new CommitId(by),
                                ForgePlace.web(json, web))));
    }

    /// As REST has it: programs with `[bot]`, accounts that are gone as `ghost`.
    private static String login(JsonNode author) {
        String login = Json.textOrEmpty(author, "login");
        if (login.isEmpty()) {
            return "ghost";
        }
        return Json.textOrEmpty(author, "__typename").equals("Bot") && !login.endsWith("[bot]")
                ? login + "[bot]"
                : login;
    }

    /// Those of the range, in the order in which they were merged.
    List<MergedPullRequest> all() {
        return requests.values().stream()
                .filter(found -> commits.contains(found.request.mergeCommit().hex()))
                .sorted(Comparator.comparing(Found::when))
                .map(Found::request)
                .toList();
    }
}
