// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.ReportHtml;
import io.kpromo.cli.report.ReportJson;
import io.kpromo.cli.report.ReportModel;
import io.kpromo.cli.terminal.FileTally;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FilePlan;
import io.kpromo.files.run.FileOptions;
import io.kpromo.files.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One promotion of files, from manifests to the report.
final class FilesRun {
    /// What the flags say.
    ///
    /// @param html file for the report for people
    /// @param json file for the report for programs
    record Wishes(
            boolean confirm,
            boolean useServiceAccount,
            boolean overwrite,
            boolean failOnMissing,
            int threads,
            Optional<Path> html,
            Optional<Path> json) {}

    private final Root root;
    private final SigningFlags signing;
    private final Wishes wishes;
    private final Clock clock = Clock.systemUTC();

    FilesRun(Root root, SigningFlags signing, Wishes wishes) {
        this.root = root;
        this.signing = signing;
        this.wishes = wishes;
    }

    /// @throws InterruptedException with a line that says what is done
    ExitCode run(FileManifestFlags manifests, Access access) throws InterruptedException, IOException {
        Instant started = clock.instant();
        FileManifestFlags.Read read = manifests.read();
        DesiredFiles desired = DesiredFiles.of(read.manifests().all());
        root.interrupt().watch();
        Map<String, String> environment = root.console().environment();
        try (Session session = access.open(StoreOpener.plainHosts(environment, FileStores.servers(read.manifests())));
                Stores stores = new FileStores(
                        read.manifests(),
                        new StoreOpener(session, environment),
                        wishes.confirm() || wishes.useServiceAccount())) {
            FilesPrinted printed = new FilesPrinted(root.console().out(), wishes.confirm());
            FileTally tally = new FileTally(
                    System::nanoTime, () -> session.counts().total().requests()) {
                @Override
                public void planned(FilePlan plan) {
                    root.screen().aside(() -> printed.planned(plan));
                }
            };
            printed.start();
            FileOptions options = FileOptions.standard()
                    .withConfirm(wishes.confirm())
                    .withOverwrite(wishes.overwrite())
                    .withThreads(wishes.threads());
            SignedFiles.Done done =
                    new SignedFiles(root, signing, session, stores, clock).promote(desired, options, tally);
            FilesTold told = new FilesTold(
                    root, done.outcome(), done.proofs(), tally.tally(), session.counts(), wishes.failOnMissing());
            printed.finish(told.outcome());
            told.summary();
            report(told, read, started);
            return told.exitCode();
        }
    }

    private void report(FilesTold told, FileManifestFlags.Read read, Instant started) throws IOException {
        if (wishes.html().isEmpty() && wishes.json().isEmpty()) {
            return;
        }
        ReportModel report =
                new ReportOfFiles(told, read.milliseconds(), root.words(), started, clock.instant()).model();
        if (wishes.html().isPresent()) {
            Files.writeString(wishes.html().get(), ReportHtml.text(report));
            root.log().info("report: " + wishes.html().get());
        }
        if (wishes.json().isPresent()) {
            Files.writeString(wishes.json().get(), ReportJson.text(report) + "\n");
        }
    }
}
