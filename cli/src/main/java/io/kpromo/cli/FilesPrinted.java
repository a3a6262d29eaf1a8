// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FilePlan;
import java.io.PrintStream;
import java.util.List;

/// What `run files` prints on standard output. Scripts read it, so it stays as it is.
final class FilesPrinted {
    private static final String STARS = "**********";

    private final PrintStream out;
    private final String dryRun;

    FilesPrinted(PrintStream out, boolean confirmed) {
        this.out = out;
        this.dryRun = confirmed ? "" : " (DRY RUN)";
    }

    void start() {
        line("START" + dryRun);
    }

    /// All that is to be copied, before the first copy; nothing where planning went wrong.
    void planned(FilePlan plan) {
        if (!plan.stopped()) {
            StringBuilder lines = new StringBuilder();
            plan.all(FileDecision.Copy.class)
                    .forEach(copy -> lines.append("COPY \"")
                            .append(copy.edge().from())
                            .append("\" to \"")
                            .append(copy.edge().to())
                            .append("\"\n"));
            out.print(lines);
            out.flush();
        }
    }

    /// @param errors a line each
    void finish(List<String> errors) {
        line(errors.isEmpty() ? "FINISHED" + dryRun : "FINISHED WITH ERRORS");
        errors.forEach(error -> out.print(error + "\n"));
        out.flush();
    }

    private void line(String words) {
        out.print(STARS + " " + words + " " + STARS + "\n");
        out.flush();
    }
}
