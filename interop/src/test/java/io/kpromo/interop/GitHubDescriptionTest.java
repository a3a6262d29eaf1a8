// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kpromo.bench.server.ServerProcess;
import io.kpromo.files.github.FakeGitHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `kpromo gh` asks of GitHub's API is what GitHub's own description of it knows.
@Tag("interop")
class GitHubDescriptionTest {
    @TempDir
    private Path folder;

    @Test
    void everyRequestIsOneThatGitHubDescribes() throws IOException, InterruptedException {
        try (FakeGitHub gitHub = new FakeGitHub(Instant::now);
                ServerProcess prism = ServerProcess.start(this::prism)) {
            gitHub.requireToken("secret");
            gitHub.release("v1.0.0", "release").file("tool", "content");
            for (int i = 0; i < 100; i++) {
                gitHub.release("v0." + i, "release");
            }
            Kpromo kpromo = Kpromo.at(folder)
                    .with("GITHUB_TOKEN", "secret")
                    .with("GITHUB_API_URL", gitHub.address().toString());
            String out = folder.resolve("out").toString();
            String[] all = {"gh", "--org=o", "--repo=r", "--download-only", "--output-dir=" + out};
            String[] tag = {"gh", "--org=o", "--repo=r", "--tags=v1.0.0", "--download-only", "--output-dir=" + out};
            assertThat(kpromo.run(all).exit()).isZero();
            assertThat(kpromo.run(tag).exit()).isZero();
            assertThat(folder.resolve("out/o/r/v1.0.0/tool")).hasContent("content");

            // Two pages, the file, and the release of the tag.
            assertThat(gitHub.sent()).hasSize(4);
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (FakeGitHub.Sent sent : gitHub.sent()) {
                    judged(client, prism, sent);
                }
            }
        }
    }

    private static void judged(HttpClient client, ServerProcess prism, FakeGitHub.Sent sent)
            throws IOException, InterruptedException {
        HttpRequest.Builder copy = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + prism.port() + sent.target()))
                .method(sent.method(), HttpRequest.BodyPublishers.noBody());
        sent.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("X-github-api-version") || name.equalsIgnoreCase("Accept")) {
                // The description holds JSON only; that assets are asked for as octets is in its prose.
                copy.header(name, value.equals("application/octet-stream") ? "application/json" : value);
            }
        });
        HttpResponse<String> answer = client.send(copy.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as(sent.method() + " " + sent.target() + ": " + answer.body())
                .isEqualTo(200);
    }

    private ServerProcess prism(int port) throws IOException {
        Path peers = Path.of(
                System.getenv().getOrDefault("KPROMO_PEERS", System.getenv("HOME") + "/.cache/kpromo-peers"), "npm");
        Path program = peers.resolve("node_modules/.bin/prism");
        assumeTrue(Files.exists(program), "prism is not installed: run interop/peers");
        Optional<Path> node = Foreign.find("node");
        assumeTrue(node.isPresent(), "node is not installed");
        Path log = folder.resolve("prism.log");
        Process process = new ProcessBuilder(
                        node.orElseThrow().toString(),
                        program.toString(),
                        "mock",
                        "--errors",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        peers.resolve("node_modules/@octokit/openapi/generated/api.github.com.json")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, port, log);
    }
}
