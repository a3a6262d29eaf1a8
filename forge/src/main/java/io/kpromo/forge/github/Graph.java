// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.api.Api;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Json;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// GitHub's GraphQL: many questions in one request. It answers nobody who is not signed in.
final class Graph {
    private static final String BUCKET = "graphql";
    private static final int MOST_REFUSALS = 8;

    private final Api api;

    Graph(Api api) {
        this.api = api;
    }

    boolean answers() {
        return api.account().signedIn();
    }

    /// @return the data; what could not be found is null in it
    JsonNode ask(String query, ObjectNode variables, String why) throws InterruptedException {
        return send(query, variables, Kind.READ_FORGE, why);
    }

    /// For mutations that may be sent twice.
    JsonNode set(String query, ObjectNode variables, String why) throws InterruptedException {
        return send(query, variables, Kind.SET_FORGE, why);
    }

    /// For mutations that must not be.
    JsonNode order(String query, ObjectNode variables, String why) throws InterruptedException {
        return send(query, variables, Kind.WRITE_FORGE, why);
    }

    private JsonNode send(String query, ObjectNode variables, Kind kind, String why) throws InterruptedException {
        ObjectNode body = Json.object().put("query", query);
        body.set("variables", variables);
        Ask ask = Ask.once(Method.POST, address(), body, why).as(kind).counting(BUCKET);
        for (int tries = 1; tries <= MOST_REFUSALS; tries++) {
            JsonNode answer = api.send(ask);
            Optional<JsonNode> error = error(answer);
            if (error.isEmpty()) {
                return answer.path("data");
            }
            if (!Json.textOrEmpty(error.get(), "type").equals("RATE_LIMITED")) {
                throw new ForgeException(why + ": GitHub says: " + Json.textOrEmpty(error.get(), "message"));
            }
            api.limits().refused(BUCKET);
        }
        throw new ForgeException(why + ": GitHub refused it for its limits; try again later");
    }

    /// That something is not there is an answer.
    private static Optional<JsonNode> error(JsonNode answer) {
        for (JsonNode error : answer.path("errors")) {
            if (!Json.textOrEmpty(error, "type").equals("NOT_FOUND")) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    /// Beside `/api/v3` on GitHub Enterprise, on the same host.
    private String address() {
        String root = api.root().toString();
        return root.endsWith("/api/v3")
                ? URI.create(root.substring(0, root.length() - "v3".length()) + "graphql")
                        .toString()
                : "/graphql";
    }
}
