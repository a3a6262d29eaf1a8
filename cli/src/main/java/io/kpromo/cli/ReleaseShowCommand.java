// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.release.steps.Step;
import io.kpromo.release.steps.Steps;
import java.util.List;

/// `kpromo release show`: where a release stands.
final class ReleaseShowCommand implements Command {
    private final Root root;
    private ResultFormat format = ResultFormat.TEXT;

    ReleaseShowCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about("show", "Show where a release stands, step by step. Changes nothing.", "kpromo release show v1.2.3")
                .choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        Steps steps = new Steps(List.of());
        StepsTable table = new StepsTable();
        for (Step step : steps.all()) {
            table.add(new StepsTable.Row(step.id(), step.title(), step.look()));
        }
        root.console().out().print(format == ResultFormat.JSON ? table.json() : table.text());
        return ExitCode.DONE;
    }
}
