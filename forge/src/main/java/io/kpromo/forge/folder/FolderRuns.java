// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.WorkflowRuns;
import java.util.Comparator;
import java.util.List;

/// What was said of jobs, by [FolderForge#run].
record FolderRuns(Network network, Slug slug) implements WorkflowRuns {
    @Override
    public List<WorkflowRun> newest(String workflow, RefName branch, int most) {
        return network.shelf(slug).runs().stream()
                .filter(run ->
                        run.branch().equals(branch) && run.run().workflow().equals(workflow))
                .map(Shelf.Run::run)
                .sorted(Comparator.comparing(WorkflowRun::started).reversed())
                .limit(most)
                .toList();
    }
}
