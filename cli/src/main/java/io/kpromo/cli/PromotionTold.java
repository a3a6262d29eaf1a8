// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.Mark;
import io.kpromo.cli.report.ReportModel.Result;
import io.kpromo.cli.terminal.Log;
import io.kpromo.cli.terminal.Tally;
import io.kpromo.cli.terminal.Text;
import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.run.Outcome;
import io.kpromo.images.trust.Staged;
import io.kpromo.images.trust.StagingVerdict;
import io.kpromo.oci.http.RequestCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a promotion came to, told on standard error.
///
/// @param requests of the run
/// @param halted where it was told to stop before its end
record PromotionTold(
        Root root,
        DesiredState desired,
        Outcome outcome,
        Tally tally,
        RequestCounts requests,
        Optional<Halted> halted) {
    /// Lines of one kind that are shown; a report has them all.
    private static final int SHOWN = 20;

    /// Of one that went to its end.
    PromotionTold(Root root, DesiredState desired, Outcome outcome, Tally tally, RequestCounts requests) {
        this(root, desired, outcome, tally, requests, Optional.empty());
    }

    /// Of one that is told to stop, as it is now.
    static PromotionTold halted(
            Root root, DesiredState desired, Tally tally, RequestCounts requests, boolean confirmed) {
        Optional<Outcome> soFar = tally.soFar();
        Outcome outcome = soFar.orElseGet(
                () -> Outcome.undecided(confirmed, Duration.ofNanos(tally.now().elapsed())));
        return new PromotionTold(
                root, desired, outcome, tally, requests, Optional.of(new Halted(soFar.isPresent(), tally.underWay())));
    }

    /// The exception that ends a run that was told to stop.
    static InterruptedException interrupted(InterruptedException cause, Tally tally) {
        Tally.Now now = tally.now();
        String part = "interrupted: " + Text.count(now.done()) + " of ";
        InterruptedException said = new InterruptedException(
                switch (now.stage()) {
                    case LOOK ->
                        part + Text.count(now.total(), "step")
                                + " looked at, nothing written; run the same command again";
                    case PROMOTE ->
                        part + Text.count(now.total(), "step")
                                + " done, and each of those is complete; run the same command again to finish the rest";
                    case FIND_PROOF -> "interrupted while looking for signatures; run the same command again to go on";
                    case SIGN ->
                        part + Text.count(now.total(), "file") + " signed; run the same command again to sign the rest";
                });
        said.initCause(cause);
        return said;
    }

    Result result() {
        if (halted.isPresent()) {
            return Result.INTERRUPTED;
        }
        if (outcome.refused()) {
            return Result.REFUSED;
        }
        if (outcome.failed()) {
            return Result.FAILED;
        }
        if (outcome.blocked()) {
            return Result.BLOCKED;
        }
        if (!outcome.confirmed()) {
            return Result.DRY_RUN;
        }
        return outcome.writes() ? Result.DONE : Result.NOTHING_TO_DO;
    }

    ExitCode exitCode() {
        return ExitCode.of(result());
    }

    /// What became of the edges of one decision.
    Mark mark(Decision decision) {
        return switch (decision) {
            case Decision.UpToDate _ -> Mark.UP_TO_DATE;
            case Decision.Lost _ -> Mark.LOST;
            case Decision.Refused _ -> Mark.REFUSED;
            case Decision.Unreadable _ -> Mark.FAILED;
            case Decision.AddTag _ -> written(decision, Mark.TAGGED, Mark.TO_TAG);
            case Decision.Copy copy ->
                oversized(copy).isPresent()
                        ? Mark.REFUSED
                        : verdict(copy).orElseGet(() -> written(copy, Mark.COPIED, Mark.TO_COPY));
        };
    }

    private Optional<Mark> verdict(Decision.Copy copy) {
        return outcome.staging()
                .of(Staged.of(copy))
                .filter(StagingVerdict::blocks)
                .map(verdict -> verdict.refused() ? Mark.REFUSED : Mark.FAILED);
    }

    private Mark written(Decision decision, Mark done, Mark planned) {
        Optional<?> failure = outcome.results().get(decision);
        if (failure == null) {
            return isBegun(decision) ? Mark.BEGUN : planned;
        }
        return failure.isPresent() ? Mark.FAILED : done;
    }

    private boolean isBegun(Decision decision) {
        return halted.isPresent() && halted.get().begun().contains(decision);
    }

    /// What became of edges that no decision is about.
    Mark others() {
        return halted.isPresent() && !halted.get().decided() ? Mark.UNDECIDED : Mark.UP_TO_DATE;
    }

    private Optional<Outcome.Oversized> oversized(Decision.Copy copy) {
        return outcome.oversized().stream()
                .filter(o -> o.decision().equals(copy))
                .findFirst();
    }

    /// Edges by what became of them.
    Map<Mark, Long> edges() {
        Map<Mark, Long> edges = new EnumMap<>(Mark.class);
        edges.put(
                others(),
                others() == Mark.UNDECIDED ? desired.edges() : outcome.plan().upToDate());
        for (Decision decision : outcome.plan().decisions()) {
            if (!(decision instanceof Decision.UpToDate)) {
                edges.merge(mark(decision), (long) decision.edges(), Long::sum);
            }
        }
        edges.values().removeIf(count -> count == 0);
        return edges;
    }

    /// What someone should look at: decisions and why, the worst kind first.
    void summary() {
        Log log = root.log();
        Map<Mark, List<Decision>> byMark = new EnumMap<>(Mark.class);
        outcome.plan()
                .decisions()
                .forEach(d ->
                        byMark.computeIfAbsent(mark(d), m -> new ArrayList<>()).add(d));
        byMark.forEach((mark, decisions) -> {
            decisions.stream().limit(SHOWN).forEach(decision -> tell(log, mark, decision));
            if (decisions.size() > SHOWN && mark != Mark.COPIED && mark != Mark.TAGGED) {
                log.info("and " + Text.count(decisions.size() - SHOWN) + " more " + mark.words()
                        + "; --report FILE.html shows all");
            }
        });
        new StagingTold(outcome.staging()).lines(log, !outcome.confirmed());
        ProofTold proofs = new ProofTold(outcome.proofs());
        proofs.lines(log);
        String proven = proofs.counts();
        log.info(headline() + ": " + counts() + (proven.isEmpty() ? "" : "; " + proven));
        if (outcome.confirmed() && outcome.writes()) {
            Tally.Now now = tally.now();
            log.info(Text.bytes(now.read()) + " read, " + Text.bytes(now.sent()) + " sent, "
                    + Text.bytes(now.mounted()) + " mounted; "
                    + Text.count(requests.total().requests(), "request")
                    + ", "
                    + Text.time(outcome.observing().plus(outcome.executing()).toMillis()));
        }
    }

    private void tell(Log log, Mark mark, Decision decision) {
        String line = DecisionText.line(decision, outcome);
        switch (mark) {
            case REFUSED, FAILED -> log.error(line);
            case LOST -> log.warn(line);
            case UP_TO_DATE -> log.warn(line);
            case TO_COPY, TO_TAG, UNDECIDED, BEGUN -> log.info(line);
            case NONE, COPIED, TAGGED -> log.debug(line);
        }
    }

    private String headline() {
        return switch (result()) {
            case REFUSED -> "refused, nothing was written";
            case INTERRUPTED -> "interrupted";
            case FAILED -> "failed";
            case BLOCKED -> outcome.confirmed() ? "some images were refused by policy" : "dry run, nothing was written";
            case DRY_RUN -> outcome.writes() ? "dry run, nothing was written" : "nothing to do";
            case NOTHING_TO_DO -> "nothing to do";
            case DONE -> "done";
        };
    }

    private String counts() {
        List<String> counts = new ArrayList<>();
        edges().forEach((mark, count) -> counts.add(Text.count(count) + " " + mark.words()));
        return counts.isEmpty() ? "the manifests want nothing" : String.join(", ", counts) + " (edges)";
    }
}
