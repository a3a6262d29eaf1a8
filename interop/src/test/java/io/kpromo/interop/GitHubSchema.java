// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// GitHub's GraphQL schema as a judge of queries and their variables, through the reference implementation.
final class GitHubSchema {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_SECONDS = 120;
    private static final String JUDGE = """
        const fs = require('fs');
        const { buildSchema, getVariableValues, parse, validate } = require('graphql');
        const file = 'node_modules/@octokit/graphql-schema/schema.graphql';
        const schema = buildSchema(fs.readFileSync(file, 'utf8'), { assumeValid: true });
        const judged = JSON.parse(fs.readFileSync(process.argv[1], 'utf8')).map(({ query, variables }) => {
          const document = parse(query);
          const wrong = validate(schema, document).map(error => error.message);
          const values = getVariableValues(schema, document.definitions[0].variableDefinitions, variables);
          return wrong.concat((values.errors || []).map(error => error.message)).join('; ');
        });
        console.log(JSON.stringify(judged));
        """;

    private GitHubSchema() {}

    /// @param folder for what is handed over
    /// @param bodies of requests to GraphQL
    /// @return for each what is wrong with it, empty where nothing is
    static List<String> judged(Path folder, List<JsonNode> bodies) throws IOException, InterruptedException {
        Path peers = Path.of(
                System.getenv().getOrDefault("KPROMO_PEERS", System.getenv("HOME") + "/.cache/kpromo-peers"), "npm");
        boolean there = Files.exists(peers.resolve("node_modules/@octokit/graphql-schema/schema.graphql"))
                && Files.exists(peers.resolve("node_modules/graphql"));
        assumeTrue(there, "GitHub's GraphQL schema is not installed: run interop/peers");
        Optional<Path> node = Foreign.find("node");
        assumeTrue(node.isPresent(), "node is not installed");
        Path asked = folder.resolve("queries.json");
        JSON.writeValue(asked, bodies);
        Path out = folder.resolve("judged.json");
        Path err = folder.resolve("judge.log");
        Process process = new ProcessBuilder(node.orElseThrow().toString(), "-e", JUDGE, asked.toString())
                .directory(peers.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as(Files.readString(err))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return JSON.readTree(out).valueStream().map(JsonNode::asString).toList();
    }
}
