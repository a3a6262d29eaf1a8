// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.ReportModel;
import io.kpromo.cli.terminal.FileTally;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.run.FileOutcome;
import io.kpromo.oci.http.RequestCounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A run on files as far as it has come; what it was when it ends, or is told to stop, is what the report says.
final class FilesSoFar {
    private final Root root;
    private final Clock clock;
    private final Instant started;
    private final FileTally tally;
    private final Supplier<RequestCounts> requests;
    private final boolean confirmed;
    private volatile DesiredFiles desired = new DesiredFiles(List.of());
    private volatile long parsing;
    private volatile Supplier<ProofTold> proofs = ProofTold::none;

    /// @param requests sent until now, counted when asked for
    FilesSoFar(Root root, Clock clock, FileTally tally, Supplier<RequestCounts> requests, boolean confirmed) {
        this.root = root;
        this.clock = clock;
        this.started = clock.instant();
        this.tally = tally;
        this.requests = requests;
        this.confirmed = confirmed;
    }

    FileTally tally() {
        return tally;
    }

    DesiredFiles desired() {
        return desired;
    }

    /// It is known what is wanted.
    ///
    /// @param milliseconds that reading it took
    void wants(DesiredFiles all, long milliseconds) {
        desired = all;
        parsing = milliseconds;
    }

    /// Signing begins.
    ///
    /// @param soFar what it has come to, whenever it is asked for
    void proves(Supplier<ProofTold> soFar) {
        proofs = soFar;
    }

    /// What there is to tell in the end.
    FilesTold ended(SignedFiles.Done done, boolean failOnMissing) {
        return new FilesTold(
                root,
                desired,
                done.outcome(),
                done.proofs(),
                tally.tally(),
                requests.get(),
                failOnMissing,
                Optional.empty());
    }

    ReportModel report(FilesTold told) {
        return new ReportOfFiles(told, parsing, root.words(), started, clock.instant()).model();
    }

    /// The report of one that is told to stop now.
    ReportModel halted() {
        Optional<FileOutcome> soFar = tally.soFar();
        FileOutcome outcome = soFar.orElseGet(() -> FileOutcome.undecided(
                confirmed, Duration.ofNanos(tally.tally().now().elapsed())));
        Halted halted = new Halted(soFar.isPresent(), tally.tally().underWay());
        return report(new FilesTold(
                root, desired, outcome, proofs.get(), tally.tally(), requests.get(), false, Optional.of(halted)));
    }
}
