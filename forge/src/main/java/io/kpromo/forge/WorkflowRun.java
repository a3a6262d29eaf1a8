// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.net.URI;
import java.time.Instant;

/// A run of a job that the forge itself runs (GitHub Actions, GitLab CI, Gitea Actions).
///
/// @param workflow the name of the job's file or the job
/// @param head the commit that it ran for
public record WorkflowRun(String id, String workflow, CommitId head, State state, Instant started, URI web) {
    public enum State {
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
