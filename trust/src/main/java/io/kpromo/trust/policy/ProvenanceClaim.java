// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.Statement;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What SLSA provenance claims: who built it, and from which source. SLSA provenance v0.2 and v1.
///
/// The source is what the build was started with, and never just any of its dependencies: whoever builds something
/// else can depend on a listed source.
///
/// @param builder its id
/// @param sources as [SourceName] has them, each once; usually one
record ProvenanceClaim(String builder, List<String> sources) {
    /// Where builders of v1 say what they were started with: GitHub, slsa-github-generator, Google Cloud Build,
    /// BuildKit.
    private static final List<List<String>> STARTED_WITH = List.of(
            List.of("workflow", "repository"),
            List.of("source"),
            List.of("source", "uri"),
            List.of("source", "repository"),
            List.of("buildConfigSource", "repository"),
            List.of("sourceToBuild", "repository"),
            List.of("configSource", "uri"));

    /// @throws InvalidPolicyException when it is no provenance, or names no builder
    static ProvenanceClaim of(Statement statement) {
        JsonNode predicate = statement.predicate();
        return switch (statement.predicateType()) {
            case PredicateTypes.PROVENANCE_0_2 ->
                new ProvenanceClaim(
                        builder(predicate.path("builder")),
                        sources(
                                List.of(predicate
                                        .path("invocation")
                                        .path("configSource")
                                        .path("uri")),
                                predicate.path("materials")));
            case PredicateTypes.PROVENANCE_1 ->
                new ProvenanceClaim(
                        builder(predicate.path("runDetails").path("builder")),
                        sources(
                                startedWith(predicate.path("buildDefinition").path("externalParameters")),
                                predicate.path("buildDefinition").path("resolvedDependencies")));
            default -> throw new InvalidPolicyException(statement.predicateType() + " is no SLSA provenance");
        };
    }

    private static String builder(JsonNode builder) {
        JsonNode id = builder.path("id");
        if (!id.isString() || id.asString().isEmpty()) {
            throw new InvalidPolicyException("it names no builder");
        }
        return id.asString();
    }

    private static List<JsonNode> startedWith(JsonNode parameters) {
        return STARTED_WITH.stream().map(path -> at(parameters, path)).toList();
    }

    private static JsonNode at(JsonNode node, List<String> path) {
        JsonNode here = node;
        for (String name : path) {
            here = here.path(name);
        }
        return here;
    }

    /// @param materials of which the first is the source where nothing better is said
    private static List<String> sources(List<JsonNode> said, JsonNode materials) {
        List<String> named = texts(said.stream());
        return named.isEmpty() ? texts(Stream.of(materials.path(0).path("uri"))) : named;
    }

    private static List<String> texts(Stream<JsonNode> nodes) {
        return nodes.filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(text -> !text.isEmpty())
                .map(SourceName::of)
                .distinct()
                .toList();
    }
}
