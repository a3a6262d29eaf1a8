// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.util.List;

/// The jobs that the forge ran for one repository.
public interface WorkflowRuns {
    /// The newest runs of a workflow on a branch, newest first, at most as many as asked for.
    ///
    /// @param workflow the name of its file (`promote.yml`)
    List<WorkflowRun> newest(String workflow, RefName branch, int most) throws InterruptedException;
}
