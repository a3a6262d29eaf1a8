// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.http.Time;
import io.kpromo.release.steps.Standing;
import io.kpromo.release.steps.Step;
import io.kpromo.release.steps.Steps;
import io.kpromo.release.steps.Walk;
import java.time.Duration;
import java.util.List;

/// One step of a release: `kpromo release tag`.
final class ReleaseStepCommand implements Command {
    /// How long `--watch` goes on.
    private static final Duration LONG = Duration.ofHours(6);

    /// What is told of a step in help.
    ///
    /// @param changes whether it changes anything, so that it wants `--confirm`
    /// @param version whether its version must be named
    record About(String id, String description, boolean changes, boolean version, List<String> examples) {
        About {
            examples = List.copyOf(examples);
        }
    }

    private final Root root;
    private final About about;
    private final ReleaseFlags flags;
    private boolean confirm;
    private boolean watch;
    private ResultFormat format = ResultFormat.TEXT;

    ReleaseStepCommand(Root root, About about) {
        this.root = root;
        this.about = about;
        this.flags = new ReleaseFlags(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(about.id(), about.description(), about.examples().toArray(String[]::new));
        this.flags.describeVersion(flags, about.version());
        if (about.changes()) {
            flags.toggle("--confirm", false, "Do it. Without it, say what would be done.", on -> confirm = on);
        } else {
            flags.toggle(
                    "--confirm", false, "Tick the box of the tracking issue where it is done.", on -> confirm = on);
        }
        if (about.id().equals("status")) {
            flags.toggle("--watch", false, "Wait until it is done, or the job fails.", on -> watch = on);
        }
        if (!about.changes()) {
            this.flags.describeWait(flags, "not at all");
        }
        flags.choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
        this.flags.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        Duration patience = flags.wait(watch ? LONG : Duration.ZERO);
        StepsTable table = new StepsTable();
        Standing standing;
        try (ReleaseRun run = ReleaseRun.open(root, flags);
                ReleaseTold told = new ReleaseTold(root, table)) {
            Steps steps = run.steps();
            if (watch) {
                steps.watch();
            }
            Step step = steps.find(about.id()).orElseThrow();
            standing = new Walk(confirm, patience, steps, told, Time.system()).to(step);
        }
        root.console().out().print(format == ResultFormat.JSON ? table.json() : table.text());
        if (standing instanceof Standing.Ready) {
            root.log().info("dry run; --confirm does it");
        }
        return exitCode(standing);
    }

    /// What was asked for is done where it could be: people may still have to look at it. Who only looks wants to
    /// know whether it is so.
    private ExitCode exitCode(Standing standing) {
        return switch (standing) {
            case Standing.Done _, Standing.Left _ -> ExitCode.DONE;
            case Standing.Ready _ -> confirm ? ExitCode.FAILED : ExitCode.DONE;
            case Standing.Waiting _ -> about.changes() ? ExitCode.DONE : ExitCode.FAILED;
            case Standing.Blocked _, Standing.Unknown _ -> ExitCode.FAILED;
        };
    }
}
