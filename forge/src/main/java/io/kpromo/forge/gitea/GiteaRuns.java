// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.WorkflowRuns;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Target;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Runs of Gitea's and Forgejo's actions. They are listed for the whole repository, newest first.
final class GiteaRuns implements WorkflowRuns {
    /// Whoever looks for the runs of one workflow is not told the history of all others.
    private static final int MOST_READ = 500;

    private final GiteaPlace place;

    GiteaRuns(GiteaPlace place) {
        this.place = place;
    }

    @Override
    public List<WorkflowRun> newest(String workflow, RefName branch, int most) throws InterruptedException {
        Target list = place.target("/actions/tasks").with("limit", GiteaPlace.PAGE);
        List<WorkflowRun> runs = new ArrayList<>();
        List<JsonNode> read = new ArrayList<>();
        place.pages()
                .<JsonNode>each(
                        place.get(list, "list runs of " + workflow + " on " + branch),
                        "workflow_runs",
                        json -> json,
                        json -> {
                            read.add(json);
                            if (Json.textOrEmpty(json, "workflow_id").equals(workflow)
                                    && Json.textOrEmpty(json, "head_branch").equals(branch.text())) {
                                runs.add(run(workflow, json));
                            }
                            return runs.size() < most && read.size() < MOST_READ;
                        });
        return runs;
    }

    private static WorkflowRun run(String workflow, JsonNode json) {
        return new WorkflowRun(
                Long.toString(Json.number(json, "id")),
                workflow,
                new CommitId(Json.text(json, "head_sha")),
                state(Json.text(json, "status")),
                OffsetDateTime.parse(Json.text(json, "run_started_at")).toInstant(),
                ForgePlace.web(json, "url"));
    }

    private static WorkflowRun.State state(String status) {
        return switch (status) {
            case "success", "skipped" -> WorkflowRun.State.SUCCEEDED;
            case "failure" -> WorkflowRun.State.FAILED;
            case "cancelled" -> WorkflowRun.State.CANCELLED;
            case "running" -> WorkflowRun.State.RUNNING;
            default -> WorkflowRun.State.WAITING;
        };
    }
}
