// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.release.steps.Standing;
import io.kpromo.release.steps.Step;
import io.kpromo.release.steps.Walk;
import java.time.Duration;
import java.util.List;

/// Says on standard error what the steps of a release do and wait for.
final class ReleaseTold implements Walk.Listener, AutoCloseable {
    private final Root root;
    private final StepsTable table;
    private String waiting = "";

    /// @param table gets where each step stands at its end
    ReleaseTold(Root root, StepsTable table) {
        this.root = root;
        this.table = table;
    }

    @Override
    public void stands(Step step, Standing standing) {
        root.screen().clear();
        table.add(new StepsTable.Row(step.id(), step.title(), standing));
    }

    @Override
    public void performs(Step step, Standing.Ready ready) {
        root.screen().clear();
        ready.wouldDo().forEach(line -> root.log().info(step.id() + ": " + Text.oneLine(line)));
    }

    /// A line when it is something new; in between, on a terminal, how long it will still be waited for.
    @Override
    public void waits(Step step, Standing.Waiting now, Duration left) {
        String what = step.id() + ": waiting for " + Text.oneLine(now.what());
        if (!what.equals(waiting)) {
            waiting = what;
            root.screen().clear();
            root.log()
                    .info(what + now.link().map(link -> " (" + link + ")").orElse("") + ", at most "
                            + Text.time(left.toMillis()));
        }
        if (root.live() && root.shown()) {
            root.screen().draw(List.of("  " + step.id() + ": " + Text.time(left.toMillis()) + " left; Ctrl-C is safe"));
        }
    }

    @Override
    public void close() {
        root.screen().clear();
    }
}
