// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Discussions;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Discussions, which only GraphQL knows. The newest hundred are listed and older ones searched for, in one query.
final class GitHubDiscussions implements Discussions {
    private static final String LOOK = """
        query Discussions($owner: String!, $name: String!, $search: String!) {
          repository(owner: $owner, name: $name) {
            id
            discussionCategories(first: 100) { nodes { id name slug } }
            discussions(first: 100, orderBy: {field: CREATED_AT, direction: DESC}) {
              nodes { title url category { name slug } }
            }
          }
          search(query: $search, type: DISCUSSION, first: 100) {
            nodes { ... on Discussion { title url category { name slug } } }
          }
        }\
        """;
    private static final String CREATE = """
        mutation Discuss($repository: ID!, $category: ID!, $title: String!, $body: String!) {
          createDiscussion(input: {repositoryId: $repository, categoryId: $category, title: $title, body: $body}) {
            discussion { url }
          }
        }\
        """;

    private final Place place;

    GitHubDiscussions(Place place) {
        this.place = place;
    }

    private JsonNode look(String title) throws InterruptedException {
        ObjectNode variables = Json.object()
                .put("owner", place.slug().owner())
                .put("name", place.slug().name())
                .put("search", place.searched(title, ""));
        JsonNode data = place.graph().ask(LOOK, variables, place.why("look for a discussion"));
        if (!data.path("repository").isObject()) {
            throw new ForgeException(place + " is not there, or hidden from this account");
        }
        return data;
    }

    @Override
    public Optional<URI> titled(String category, String title) throws InterruptedException {
        return titled(look(title), category, title);
    }

    private static Optional<URI> titled(JsonNode data, String category, String title) {
        for (JsonNode list : new JsonNode[] {data.path("repository").path("discussions"), data.path("search")}) {
            for (JsonNode one : list.path("nodes")) {
                if (Json.textOrEmpty(one, "title").equals(title) && isCalled(one.path("category"), category)) {
                    return Optional.of(ForgePlace.web(one, "url"));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isCalled(JsonNode category, String name) {
        return Json.textOrEmpty(category, "name").equalsIgnoreCase(name)
                || Json.textOrEmpty(category, "slug").equals(name);
    }

    @Override
    public URI create(String category, String title, String body) throws InterruptedException {
        place.checked("the discussion", body, Place.LONGEST_TEXT);
        JsonNode data = look(title);
        Optional<URI> there = titled(data, category, title);
        if (there.isPresent()) {
            return there.get();
        }
        ObjectNode variables = Json.object()
                .put("repository", Json.text(data.path("repository"), "id"))
                .put("category", categoryId(data, category))
                .put("title", title)
                .put("body", body);
        return new Once<>(() -> begun(variables), () -> titled(category, title)).made();
    }

    private URI begun(ObjectNode variables) throws InterruptedException {
        JsonNode made = place.graph().order(CREATE, variables, place.why("begin a discussion"));
        return ForgePlace.web(made.path("createDiscussion").path("discussion"), "url");
    }

    private String categoryId(JsonNode data, String name) {
        for (JsonNode category :
                data.path("repository").path("discussionCategories").path("nodes")) {
            if (isCalled(category, name)) {
                return Json.text(category, "id");
            }
        }
        throw new ForgeException(place + " has no category " + name + " of discussions; add it, or name another");
    }
}
