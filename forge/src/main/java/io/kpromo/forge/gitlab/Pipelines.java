// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

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

/// Pipelines. A project has one file for all of them, so those of a branch are what is meant, whatever the workflow
/// is called.
final class Pipelines implements WorkflowRuns {
    private final Project project;

    Pipelines(Project project) {
        this.project = project;
    }

    @Override
    public List<WorkflowRun> newest(String workflow, RefName branch, int most) throws InterruptedException {
        Target list = project.target("/pipelines")
                .with("ref", branch)
                .with("order_by", "id")
                .with("sort", "desc")
                .with("per_page", Math.min(most, Project.PAGE));
        List<WorkflowRun> runs = new ArrayList<>();
        project.pages().each(project.get(list, "list pipelines on " + branch), json -> run(workflow, json), run -> {
            runs.add(run);
            return runs.size() < most;
        });
        return runs;
    }

    private static WorkflowRun run(String workflow, JsonNode json) {
        return new WorkflowRun(
                Long.toString(Json.number(json, "id")),
                workflow,
                new CommitId(Json.text(json, "sha")),
                state(Json.text(json, "status")),
                OffsetDateTime.parse(Json.text(json, "created_at")).toInstant(),
                ForgePlace.web(json, "web_url"));
    }

    private static WorkflowRun.State state(String status) {
        return switch (status) {
            case "success", "skipped" -> WorkflowRun.State.SUCCEEDED;
            case "failed" -> WorkflowRun.State.FAILED;
            case "canceled", "canceling" -> WorkflowRun.State.CANCELLED;
            case "running" -> WorkflowRun.State.RUNNING;
            // Created, pending, preparing, waiting_for_resource, scheduled, manual.
            default -> WorkflowRun.State.WAITING;
        };
    }
}
