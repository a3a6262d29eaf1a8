// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.WorkflowRuns;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.RefusedException;
import io.kpromo.forge.api.Target;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Runs of Gitea's and Forgejo's actions, which tell of them in words of their own. They are listed for the whole
/// repository, newest first. Older ones know only the jobs that a runner has taken.
final class GiteaRuns implements WorkflowRuns {
    /// Whoever looks for the runs of one workflow is not told the history of all others.
    private static final int MOST_READ = 500;

    /// @param branch that it ran on
    private record Run(String branch, WorkflowRun run) {}

    private final GiteaPlace place;

    GiteaRuns(GiteaPlace place) {
        this.place = place;
    }

    @Override
    public List<WorkflowRun> newest(String workflow, RefName branch, int most) throws InterruptedException {
        try {
            // Forgejo heeds the limit only where a page is named too.
            Target runs = place.target("/actions/runs")
                    .with("branch", branch)
                    .with("limit", GiteaPlace.PAGE)
                    .with("page", 1);
            return newest(runs, workflow, branch, most);
        } catch (RefusedException refused) {
            // 401: jobs are shown to everybody, runs are not.
            if (refused.status() != 404 && refused.status() != 401) {
                throw refused;
            }
            Target jobs = place.target("/actions/tasks").with("limit", GiteaPlace.PAGE);
            return newest(jobs, workflow, branch, most);
        }
    }

    private List<WorkflowRun> newest(Target list, String workflow, RefName branch, int most)
            throws InterruptedException {
        List<WorkflowRun> found = new ArrayList<>();
        List<Run> read = new ArrayList<>();
        place.pages()
                .each(
                        place.get(list, "list runs of " + workflow + " on " + branch),
                        "workflow_runs",
                        GiteaRuns::run,
                        run -> {
                            read.add(run);
                            if (run.run.workflow().equals(workflow) && run.branch.equals(branch.text())) {
                                found.add(run.run);
                            }
                            return found.size() < most && read.size() < MOST_READ;
                        });
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }

    private static Run run(JsonNode json) {
        String status = Json.text(json, "status");
        String ended = status.equals("completed") ? Json.textOrEmpty(json, "conclusion") : status;
        // Gitea's path is FILE@REF.
        String workflow = first(json, "workflow_id", "path");
        return new Run(
                first(json, "head_branch", "prettyref"),
                new WorkflowRun(
                        Long.toString(Json.number(json, "id")),
                        workflow.replaceFirst("@.*", ""),
                        new CommitId(first(json, "head_sha", "commit_sha")),
                        state(ended),
                        OffsetDateTime.parse(first(json, "run_started_at", "started_at", "started"))
                                .toInstant(),
                        ForgePlace.web(json, json.has("html_url") ? "html_url" : "url")));
    }

    /// The first of these that is there.
    private static String first(JsonNode json, String... names) {
        for (String name : names) {
            if (json.path(name).isString()) {
                return json.path(name).asString();
            }
        }
        return "";
    }

    private static WorkflowRun.State state(String status) {
        return switch (status) {
            case "success", "skipped" -> WorkflowRun.State.SUCCEEDED;
            case "failure" -> WorkflowRun.State.FAILED;
            case "cancelled" -> WorkflowRun.State.CANCELLED;
            case "running", "in_progress" -> WorkflowRun.State.RUNNING;
            default -> WorkflowRun.State.WAITING;
        };
    }
}
