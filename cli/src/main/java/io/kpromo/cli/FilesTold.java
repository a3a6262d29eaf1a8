// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.Mark;
import io.kpromo.cli.report.ReportModel.Result;
import io.kpromo.cli.terminal.Log;
import io.kpromo.cli.terminal.Tally;
import io.kpromo.cli.terminal.Text;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.plan.ObservedFiles;
import io.kpromo.files.run.FileOutcome;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.RequestCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A promotion of files, as it is told in the end.
///
/// @param proofs of files in registries
/// @param failOnMissing whether a file that is nowhere is a failure
/// @param halted where it was told to stop before its end
record FilesTold(
        Root root,
        DesiredFiles desired,
        FileOutcome outcome,
        ProofTold proofs,
        Tally tally,
        RequestCounts requests,
        boolean failOnMissing,
        Optional<Halted> halted) {
    /// Warnings that are shown; a report has them all.
    private static final int SHOWN = 20;

    Result result() {
        if (halted.isPresent()) {
            return Result.INTERRUPTED;
        }
        if (outcome.refused()) {
            return Result.REFUSED;
        }
        if (outcome.failed()
                || proofs.failed()
                || (failOnMissing && outcome.plan().count(FileDecision.Missing.class) > 0)) {
            return Result.FAILED;
        }
        if (!outcome.confirmed()) {
            return Result.DRY_RUN;
        }
        return outcome.writes() || proofs.writes() ? Result.DONE : Result.NOTHING_TO_DO;
    }

    ExitCode exitCode() {
        return ExitCode.of(result());
    }

    Mark mark(FileDecision decision) {
        return switch (decision) {
            case FileDecision.UpToDate _ -> Mark.UP_TO_DATE;
            case FileDecision.Missing _ -> Mark.LOST;
            case FileDecision.Refused _ -> Mark.REFUSED;
            case FileDecision.Unreadable _ -> Mark.FAILED;
            case FileDecision.Copy copy -> {
                Optional<?> failure = outcome.results().get(copy.edge());
                if (failure == null) {
                    yield isBegun(copy.edge()) ? Mark.BEGUN : Mark.TO_COPY;
                }
                yield failure.isPresent() ? Mark.FAILED : Mark.COPIED;
            }
        };
    }

    /// Why its copy failed, if it did.
    Optional<OciException> failure(FileDecision decision) {
        return outcome.results().getOrDefault(decision.edge(), Optional.empty());
    }

    private boolean isBegun(FileEdge edge) {
        return halted.isPresent() && halted.get().begun().contains(edge);
    }

    /// What became of each place, in the order of the manifests; the source is the one that was chosen for it.
    Map<FileEdge, Mark> marks() {
        Map<FileEdge, Mark> marks = new LinkedHashMap<>();
        if (outcome.plan().decisions().isEmpty()) {
            desired.chosen(new ObservedFiles()).forEach(edge -> marks.put(edge, Mark.UNDECIDED));
        }
        outcome.plan().decisions().forEach(decision -> marks.put(decision.edge(), mark(decision)));
        return marks;
    }

    /// Edges by what became of them.
    Map<Mark, Long> edges() {
        Map<Mark, Long> edges = new EnumMap<>(Mark.class);
        marks().values().forEach(mark -> edges.merge(mark, 1L, Long::sum));
        return edges;
    }

    /// A line for each thing that went wrong: of files in the order of the manifests, then of their proofs. Each once,
    /// for a store that can't be read says the same for all its files.
    List<String> errors() {
        Stream<String> files = outcome.plan().decisions().stream().flatMap(decision -> error(decision).stream());
        return Stream.concat(files, proofs.failures().stream()).distinct().toList();
    }

    private Optional<String> error(FileDecision decision) {
        return switch (decision) {
            case FileDecision.Refused refused -> Optional.of(refused.toString());
            case FileDecision.Unreadable unreadable -> Optional.of(unreadable.why());
            case FileDecision.Copy copy ->
                failure(copy)
                        .map(failure -> "copy " + copy.edge().from() + " to "
                                + copy.edge().to() + ": " + failure.getMessage()
                                + FileAdvice.wrongContent(copy.edge(), failure)
                                        .map(advice -> "; " + advice)
                                        .orElse(""));
            case FileDecision.UpToDate _ -> Optional.empty();
            case FileDecision.Missing gone -> failOnMissing ? Optional.of(missing(gone)) : Optional.empty();
        };
    }

    private static String missing(FileDecision.Missing gone) {
        FileEdge edge = gone.edge();
        return edge.place() + ": missing: neither " + edge.from() + " nor " + edge.to() + " is there";
    }

    /// Warnings, and one line that says how it went. [#errors] are told elsewhere.
    void summary() {
        Log log = root.log();
        List<FileDecision.Missing> missing = failOnMissing
                ? List.of()
                : outcome.plan().all(FileDecision.Missing.class).toList();
        missing.stream().limit(SHOWN).forEach(gone -> log.warn(missing(gone)));
        if (missing.size() > SHOWN) {
            log.info("and " + Text.count(missing.size() - SHOWN) + " more missing; --report FILE.html shows all");
        }
        proofs.plans(log);
        log.info(headline() + ": " + counts() + (proofs.counts().isEmpty() ? "" : "; " + proofs.counts()));
        if (outcome.confirmed() && outcome.writes()) {
            Tally.Now now = tally.now();
            log.info(Text.bytes(now.read()) + " read, " + Text.bytes(now.sent()) + " sent"
                    + (now.mounted() > 0 ? ", " + Text.bytes(now.mounted()) + " copied there; " : "; ")
                    + Text.count(requests.total().requests(), "request") + ", "
                    + Text.time(outcome.observing().plus(outcome.executing()).toMillis()));
        }
    }

    private String headline() {
        return switch (result()) {
            case REFUSED -> "refused, nothing was written";
            case INTERRUPTED -> "interrupted";
            case FAILED -> "failed";
            case BLOCKED -> "refused in part";
            case DRY_RUN -> outcome.writes() || proofs.writes() ? "dry run, nothing was written" : "nothing to do";
            case NOTHING_TO_DO -> "nothing to do";
            case DONE -> "done";
        };
    }

    private String counts() {
        List<String> counts = new ArrayList<>();
        if (desired.edges().isEmpty()) {
            return "no files are wanted";
        }
        edges().forEach((mark, count) -> counts.add(Text.count(count) + " " + words(mark)));
        return String.join(", ", counts) + " (edges)";
    }

    private static String words(Mark mark) {
        return mark == Mark.LOST ? "missing" : mark.words();
    }
}
