// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// GitHub's own description of its API as a judge of requests: prism gets a copy of each, and answers 422 to what
/// the description does not know.
///
/// A few operations say `nullable` of what has no `type`; prism then checks nothing of them, so that is taken out.
final class GitHubDescription implements AutoCloseable {
    static final String FINE = "fine";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final ServerProcess prism;
    private final HttpClient client = HttpClient.newHttpClient();

    /// @param folder for what prism says, and the description that it reads
    GitHubDescription(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.prism = ServerProcess.start(this::prism);
    }

    /// @return [#FINE], or the status that a request of this form gets and what is wrong with it
    String judged(String method, String target, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder copy = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + prism.port() + target))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("X-github-api-version") || name.equalsIgnoreCase("Content-type")) {
                copy.header(name, value);
            } else if (name.equalsIgnoreCase("Accept")) {
                // The description holds JSON only; that files are asked for as octets is in its prose.
                copy.header(name, value.contains("octet-stream") || value.contains("raw") ? "application/json" : value);
            }
        });
        HttpResponse<String> answer = client.send(copy.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() < 400 || isOnlyAboutTheExample(answer)
                ? FINE
                : answer.statusCode() + " " + answer.body();
    }

    /// Some examples in the description are not as it says itself: that is no fault of the request.
    private static boolean isOnlyAboutTheExample(HttpResponse<String> answer) {
        JsonNode violations = JSON.readTree(answer.body()).path("validation");
        for (JsonNode violation : violations) {
            if (!violation.path("location").path(0).asString("").equals("response")) {
                return false;
            }
        }
        return answer.statusCode() == 500 && !violations.isEmpty();
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
                        mended(peers.resolve("node_modules/@octokit/openapi/generated/api.github.com.json"))
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, port, log);
    }

    private Path mended(Path description) throws IOException {
        Path mended = folder.resolve("api.github.com.json");
        if (!Files.exists(mended)) {
            JsonNode all = JSON.readTree(description);
            mend(all);
            JSON.writeValue(mended, all);
        }
        return mended;
    }

    private static void mend(JsonNode node) {
        boolean untyped = node.isObject() && node.has("nullable") && !node.has("type");
        if (untyped && node.path("nullable").isBoolean()) {
            ((ObjectNode) node).remove("nullable");
        }
        node.forEach(GitHubDescription::mend);
    }

    @Override
    public void close() {
        client.close();
        prism.close();
    }
}
