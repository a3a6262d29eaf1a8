// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.WorkflowRuns;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Runs of GitHub Actions.
final class GitHubRuns implements WorkflowRuns {
    private final Place place;

    GitHubRuns(Place place) {
        this.place = place;
    }

    @Override
    public List<WorkflowRun> newest(String workflow, RefName branch, int most) throws InterruptedException {
        Target list = place.target("/actions/workflows/{}/runs", workflow)
                .with("branch", branch)
                .with("per_page", Math.min(most, Place.PAGE));
        List<WorkflowRun> runs = new ArrayList<>();
        place.pages()
                .each(
                        place.get(list, "list runs of " + workflow + " on " + branch),
                        "workflow_runs",
                        run -> run(workflow, run),
                        run -> {
                            runs.add(run);
                            return runs.size() < most;
                        });
        return runs;
    }

    private static WorkflowRun run(String workflow, JsonNode json) {
        return new WorkflowRun(
                Long.toString(Json.number(json, "id")),
                workflow,
                new CommitId(Json.text(json, "head_sha")),
                state(Json.textOrEmpty(json, "status"), Json.textOrEmpty(json, "conclusion")),
                Instant.parse(Json.text(json, "run_started_at")),
                ForgePlace.web(json, "html_url"));
    }

    private static WorkflowRun.State state(String status, String conclusion) {
        return switch (status) {
            case "completed" ->
                switch (conclusion) {
                    case "success", "neutral", "skipped" -> WorkflowRun.State.SUCCEEDED;
                    case "cancelled" -> WorkflowRun.State.CANCELLED;
                    default -> WorkflowRun.State.FAILED;
                };
            case "in_progress" -> WorkflowRun.State.RUNNING;
            default -> WorkflowRun.State.WAITING;
        };
    }
}
