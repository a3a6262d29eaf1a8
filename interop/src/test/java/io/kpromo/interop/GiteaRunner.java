// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes jobs from Gitea, as its runners do, and does nothing but say how they ended.
final class GiteaRunner implements AutoCloseable {
    static final String PATH = ".gitea/workflows/promote.yml";
    static final String WORKFLOW = """
        on: workflow_dispatch
        jobs:
          promote:
            runs-on: nothing
            steps:
            - run: "true"
        """;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final RealGitea gitea;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonNode self;

    GiteaRunner(RealGitea gitea) throws InterruptedException {
        this.gitea = gitea;
        String token = gitea.send("POST", "/admin/actions/runners/registration-token", MissingNode.getInstance())
                .path("token")
                .asString();
        ObjectNode wanted = RealGitea.object().put("name", "tests").put("token", token);
        wanted.putArray("labels").add("nothing");
        this.self = call("Register", wanted, MissingNode.getInstance()).path("runner");
    }

    /// Lets somebody press the button that starts the workflow.
    ///
    /// @return the number of its run
    String start(Slug slug, RefName branch) throws InterruptedException {
        String path = "/repos/" + slug + "/actions/workflows/promote.yml/dispatches?return_run_details=true";
        JsonNode run = gitea.send("POST", path, RealGitea.object().put("ref", branch.text()));
        return Long.toString(run.path("workflow_run_id").asLong());
    }

    /// Takes the job that waits.
    ///
    /// @return its number
    String take() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (System.nanoTime() < end) {
            JsonNode task = call("FetchTask", RealGitea.object(), self).path("task");
            if (task.has("id")) {
                return task.path("id").asString();
            }
        }
        throw new AssertionError("Gitea has no job for this runner");
    }

    void succeed(String task) throws InterruptedException {
        end(task, "RESULT_SUCCESS");
    }

    void fail(String task) throws InterruptedException {
        end(task, "RESULT_FAILURE");
    }

    private void end(String task, String result) throws InterruptedException {
        ObjectNode update = RealGitea.object();
        update.putObject("state")
                .put("id", task)
                .put("result", result)
                .put("startedAt", "2026-11-23T10:00:00Z")
                .put("stoppedAt", "2026-11-23T10:00:01Z");
        call("UpdateTask", update, self);
    }

    /// Connect's protocol, with JSON.
    private JsonNode call(String method, JsonNode body, JsonNode who) throws InterruptedException {
        URI address = URI.create(gitea.web() + "/api/actions/runner.v1.RunnerService/" + method);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("x-runner-uuid", who.path("uuid").asString(""))
                .header("x-runner-token", who.path("token").asString(""))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(method + ": " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
