// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.http.Time;
import io.kpromo.release.steps.Standing;
import io.kpromo.release.steps.Steps;
import io.kpromo.release.steps.Walk;
import java.time.Duration;
import java.util.Optional;

/// `kpromo release run`: all steps of a release.
final class ReleaseRunCommand implements Command {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Root root;
    private final ReleaseFlags flags;
    private boolean confirm;
    private ResultFormat format = ResultFormat.TEXT;

    ReleaseRunCommand(Root root) {
        this.root = root;
        this.flags = new ReleaseFlags(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "run",
                "Go through the steps of a release: do what can be done, and wait where people must act. What is done"
                        + " already is found; so whatever ended it, the same command goes on.",
                "kpromo release run v1.2.3                      where it stands, and what would be done next",
                "kpromo release run v1.2.3 --confirm            do it",
                "kpromo release run v1.2.3 --confirm --resume   go on");
        this.flags.describeVersion(flags, true);
        flags.toggle("--confirm", false, "Do it. Without it, say what would be done next.", on -> confirm = on)
                .toggle("--resume", false, "Go on after an end before the end. Every run does that.", _ -> {});
        this.flags.describeWait(flags, "30m for each step");
        flags.choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
        this.flags.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        Duration patience = flags.wait(PATIENCE);
        StepsTable table = new StepsTable();
        Optional<Standing> stopped;
        try (ReleaseRun run = ReleaseRun.open(root, flags);
                ReleaseTold told = new ReleaseTold(root, table)) {
            Steps steps = run.steps();
            steps.watch();
            Duration waits = confirm ? patience : Duration.ZERO;
            stopped = new Walk(confirm, waits, steps, told, Time.system()).through(steps.all());
        } finally {
            // What was reached is said also where it ended with an error.
            root.console().out().print(format == ResultFormat.JSON ? table.json() : table.text());
        }
        if (stopped.isEmpty()) {
            root.log().info("all is done");
            return ExitCode.DONE;
        }
        root.log().info(confirm ? "not done yet; the same command goes on from here" : "dry run; --confirm does it");
        return confirm || stopped.get() instanceof Standing.Blocked ? ExitCode.FAILED : ExitCode.DONE;
    }
}
