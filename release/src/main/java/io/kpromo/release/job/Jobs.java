// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.job;

import io.kpromo.forge.Forge;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.release.config.PromotionJob;
import java.util.List;
import java.util.Optional;

/// Knows how jobs ran.
public final class Jobs {
    private final Pages pages;
    private final Forge forge;

    /// @param access to Prow and Tekton
    /// @param forge whose own jobs are meant
    public Jobs(JobAccess access, Forge forge) {
        this.pages = new Pages(access);
        this.forge = forge;
    }

    /// The newest run; empty where there was none yet. One request of a forge and of Tekton, at most three of Prow.
    ///
    /// @throws io.kpromo.oci.OciException where that can't be found out
    public Optional<JobRun> newest(PromotionJob job) throws InterruptedException {
        return switch (job) {
            case PromotionJob.Prow prow -> new ProwLogs(pages, prow.logs()).newest();
            case PromotionJob.Tekton tekton -> new TektonResults(pages, tekton).newest();
            case PromotionJob.Workflow workflow -> ofForge(workflow);
        };
    }

    private Optional<JobRun> ofForge(PromotionJob.Workflow job) throws InterruptedException {
        List<WorkflowRun> runs = forge.workflowRuns(job.repository()).newest(job.file(), job.branch(), 1);
        return runs.stream()
                .findFirst()
                .map(run -> new JobRun(run.id(), job.file() + " " + run.id(), state(run.state()), run.web()));
    }

    private static JobRun.State state(WorkflowRun.State state) {
        return switch (state) {
            case WAITING, RUNNING -> JobRun.State.RUNNING;
            case SUCCEEDED -> JobRun.State.SUCCEEDED;
            case FAILED, CANCELLED -> JobRun.State.FAILED;
        };
    }
}
