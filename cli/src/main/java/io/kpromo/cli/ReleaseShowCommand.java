// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.OciException;
import io.kpromo.release.steps.Standing;
import io.kpromo.release.steps.Step;
import java.util.Optional;

/// `kpromo release show`: where a release stands.
final class ReleaseShowCommand implements Command {
    private final Root root;
    private final ReleaseFlags flags;
    private ResultFormat format = ResultFormat.TEXT;

    ReleaseShowCommand(Root root) {
        this.root = root;
        this.flags = new ReleaseFlags(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "show",
                "Show where a release stands, step by step. Changes nothing.",
                "kpromo release show v1.2.3",
                "kpromo release show                 of the newest version that is tagged",
                "kpromo release show --output json");
        this.flags.describeVersion(flags, false);
        flags.choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
        this.flags.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        StepsTable table = new StepsTable();
        try (ReleaseRun run = ReleaseRun.glance(root, flags)) {
            for (Step step : run.steps().all()) {
                table.add(new StepsTable.Row(step.id(), step.title(), standing(step, run.silent())));
            }
        }
        root.console().out().print(format == ResultFormat.JSON ? table.json() : table.text());
        return ExitCode.DONE;
    }

    /// A step that cannot be looked at does not keep the others from being shown. Who cannot be reached is told of
    /// once.
    private Standing standing(Step step, SilentHosts silent) throws InterruptedException {
        try {
            return step.look();
        } catch (OciException e) {
            Optional<String> host = SilentHosts.in(e);
            if (host.filter(silent::tell).isPresent()) {
                root.log().warn(String.valueOf(e.getMessage()));
            }
            String why = host.map(name -> name + " cannot be reached").orElse(String.valueOf(e.getMessage()));
            return new Standing.Unknown(why, step.here());
        }
    }
}
