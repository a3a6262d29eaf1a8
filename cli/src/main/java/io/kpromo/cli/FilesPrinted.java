// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FilePlan;
import io.kpromo.files.run.FileOutcome;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    void finish(FileOutcome outcome) {
        List<String> errors = errors(outcome);
        line(errors.isEmpty() ? "FINISHED" + dryRun : "FINISHED WITH ERRORS");
        errors.forEach(error -> out.print(error + "\n"));
        out.flush();
    }

    /// Each once, in the order of the manifests: one store that can't be read says the same for all its files.
    static List<String> errors(FileOutcome outcome) {
        List<String> errors = new ArrayList<>();
        for (FileDecision decision : outcome.plan().decisions()) {
            switch (decision) {
                case FileDecision.Refused refused -> errors.add(refused.toString());
                case FileDecision.Unreadable unreadable -> errors.add(unreadable.why());
                case FileDecision.Copy copy ->
                    outcome.results()
                            .getOrDefault(copy.edge(), Optional.empty())
                            .ifPresent(failure -> errors.add("copy "
                                    + copy.edge().from() + " to " + copy.edge().to() + ": " + failure.getMessage()));
                case FileDecision.UpToDate _ -> {}
                case FileDecision.Missing _ -> {}
            }
        }
        return errors.stream().distinct().toList();
    }

    private void line(String words) {
        out.print(STARS + " " + words + " " + STARS + "\n");
        out.flush();
    }
}
