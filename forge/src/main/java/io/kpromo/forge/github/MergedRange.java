// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.api.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds the pull requests that were merged in a range of commits, by GraphQL: a hundred commits a request, each
/// with its pull requests. A long range is read from both ends at once. Where GraphQL can't tell, REST does.
final class MergedRange {
    /// GitHub works ten seconds on a query: where a hundred are too many for that, fewer are asked for.
    private static final int FEWEST = 25;
    /// Of the first page: beyond it, two pages come at once.
    private static final int LONG = 900;

    private static final String QUERY = """
            query Merged($owner: String!, $name: String!, $from: String!, $to: String!, $size: Int!,
                $after: String, $before: String, $both: Boolean!) {
              repository(owner: $owner, name: $name) {
                ref(qualifiedName: $from) {
                  compare(headRef: $to) {
                    front: commits(first: $size, after: $after) { ...page }
                    back: commits(last: $size, before: $before) @include(if: $both) { ...page }
                  }
                }
              }
            }
            fragment page on ComparisonCommitConnection {
              totalCount
              pageInfo { endCursor startCursor }
              nodes {
                oid
                associatedPullRequests(first: 5) {
                  nodes {
                    number title body url mergedAt
                    mergeCommit { oid }
                    author { __typename login }
                    baseRepository { nameWithOwner }
                    labels(first: 50) { nodes { name } }
                  }
                }
              }
            }""";

    private final Place place;
    private final Merged merged;
    private final Set<String> seen = new HashSet<>();
    private int size = Place.PAGE;
    private Optional<String> after = Optional.empty();
    private Optional<String> before = Optional.empty();

    MergedRange(Place place) {
        this.place = place;
        this.merged = new Merged(place.slug());
    }

    List<MergedPullRequest> between(String from, String to) throws InterruptedException {
        return place.graph().answers() && query(from, to) ? merged.all() : new MergedList(place).between(from, to);
    }

    /// @return whether GraphQL could tell: the range has to begin at a branch or a tag
    private boolean query(String from, String to) throws InterruptedException {
        for (int total = 1; seen.size() < total; ) {
            boolean both = total > LONG;
            Optional<JsonNode> compared = page(from, to, both);
            if (compared.isEmpty() || !compared.get().isObject()) {
                return false;
            }
            int known = seen.size();
            JsonNode front = compared.get().path("front");
            total = front.path("totalCount").asInt(0);
            take(front);
            after = cursor(front, "endCursor");
            if (both) {
                take(compared.get().path("back"));
                before = cursor(compared.get().path("back"), "startCursor");
            }
            if (seen.size() == known && seen.size() < total) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> cursor(JsonNode page, String which) {
        return Optional.of(page.path("pageInfo").path(which).asString("")).filter(text -> !text.isEmpty());
    }

    private Optional<JsonNode> page(String from, String to, boolean both) throws InterruptedException {
        for (; size >= FEWEST; size /= 2) {
            ObjectNode variables = Json.object()
                    .put("owner", place.slug().owner())
                    .put("name", place.slug().name())
                    .put("from", from)
                    .put("to", to)
                    .put("size", size)
                    .put("after", after.orElse(null))
                    .put("before", before.orElse(null))
                    .put("both", both);
            try {
                return Optional.of(place.graph()
                        .ask(QUERY, variables, place.why("list what was merged between " + from + " and " + to))
                        .path("repository")
                        .path("ref")
                        .path("compare"));
            } catch (ForgeException tooMuch) {
                // Asked again for fewer, and in the end by other means, which say what is wrong.
            }
        }
        return Optional.empty();
    }

    private void take(JsonNode page) {
        for (JsonNode commit : page.path("nodes")) {
            String id = Json.text(commit, "oid");
            if (seen.add(id)) {
                merged.commit(id);
                for (JsonNode request : commit.path("associatedPullRequests").path("nodes")) {
                    merged.found(request);
                }
            }
        }
    }
}
