// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.api.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Finds the pull requests that were merged in a range of commits, by REST: the commits, and the pull requests that
/// were touched since the oldest of them, for whatever was merged later was touched later.
final class MergedList {
    private final Place place;

    MergedList(Place place) {
        this.place = place;
    }

    List<MergedPullRequest> between(String from, String to) throws InterruptedException {
        List<SourceCommit> commits = new GitHubSources(place).between(from, to);
        if (commits.isEmpty()) {
            return List.of();
        }
        Merged merged = new Merged(place.slug());
        commits.forEach(commit -> merged.commit(commit.id().hex()));
        Instant oldest =
                commits.stream().map(SourceCommit::when).min(Instant::compareTo).orElseThrow();
        place.pages()
                .<JsonNode>each(
                        place.get(
                                place.target("/pulls")
                                        .with("state", "closed")
                                        .with("sort", "updated")
                                        .with("direction", "desc")
                                        .with("per_page", Place.PAGE),
                                "list pull requests"),
                        request -> request,
                        request -> {
                            merged.listed(request);
                            return !Instant.parse(Json.text(request, "updated_at"))
                                    .isBefore(oldest);
                        });
        return merged.all();
    }
}
