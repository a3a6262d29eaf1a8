// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.ReportHtml;
import io.kpromo.cli.report.ReportJson;
import io.kpromo.cli.report.ReportModel;
import io.kpromo.cli.terminal.FileTally;
import io.kpromo.cli.terminal.Progress;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FilePlan;
import io.kpromo.files.run.FileOptions;
import io.kpromo.files.run.FileOutcome;
import io.kpromo.files.run.FilePromotion;
import io.kpromo.files.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// `kpromo run files`: promotes files.
final class RunFilesCommand implements Command {
    private final Root root;
    private final FileManifestFlags manifests;
    private final Access access;
    private final Clock clock = Clock.systemUTC();
    private boolean confirm;
    private boolean useServiceAccount;
    private boolean overwrite;
    private boolean failOnMissing;
    private int threads = 8;
    private Optional<Path> html = Optional.empty();
    private Optional<Path> json = Optional.empty();

    RunFilesCommand(Root root) {
        this.root = root;
        this.manifests = new FileManifestFlags(root);
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "files",
                "Promote files: make buckets, folders and registries hold what manifests say, byte for byte."
                        + " Without --confirm nothing is written.",
                "kpromo run files --filestores filestores.yaml --files files.yaml              what would be done",
                "kpromo run files --filestores filestores.yaml --files files.yaml --confirm    do it",
                "kpromo run files --manifests . --use-service-account                          look as who writes");
        manifests.describe(flags);
        flags.section("Promotion")
                .toggle(
                        "--confirm",
                        false,
                        "Write. Without it: a dry run, which ends before anything is written.",
                        on -> confirm = on)
                .toggle(
                        "--use-service-account",
                        false,
                        "Look at destinations as their service accounts also in a dry run.",
                        on -> useServiceAccount = on)
                .toggle(
                        "--overwrite",
                        false,
                        "Replace files whose content is another than the manifests want.",
                        on -> overwrite = on)
                .toggle(
                        "--fail-on-missing",
                        false,
                        "Fail where neither the source nor a destination has a file.",
                        on -> failOnMissing = on)
                .number("--threads", "N", 8, "Files copied at the same time.", n -> threads = n)
                .file(
                        "--report",
                        "FILE",
                        "Write a report for people, as one HTML file.",
                        file -> html = Optional.of(file))
                .file(
                        "--report-json",
                        "FILE",
                        "Write a report for programs, as JSON.",
                        file -> json = Optional.of(file));
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException, IOException {
        if (threads < 1) {
            throw new UsageException("--threads is 1 or more; got " + threads);
        }
        Instant started = clock.instant();
        FileManifestFlags.Read read = manifests.read();
        DesiredFiles desired = DesiredFiles.of(read.manifests().all());
        root.interrupt().watch();
        Map<String, String> environment = root.console().environment();
        try (Session session = access.open(StoreOpener.plainHosts(environment));
                Stores stores = new FileStores(
                        read.manifests(), new StoreOpener(session, environment), confirm || useServiceAccount)) {
            FilesPrinted printed = new FilesPrinted(root.console().out(), confirm);
            FileTally tally = new FileTally(
                    System::nanoTime, () -> session.counts().total().requests()) {
                @Override
                public void planned(FilePlan plan) {
                    printed.planned(plan);
                }
            };
            printed.start();
            FileOutcome outcome = promote(stores, tally, desired);
            printed.finish(outcome);
            FilesTold told = new FilesTold(root, outcome, tally.tally(), session.counts(), failOnMissing);
            told.summary();
            report(told, read, started);
            return told.exitCode();
        }
    }

    private FileOutcome promote(Stores stores, FileTally tally, DesiredFiles desired) throws InterruptedException {
        FileOptions options = FileOptions.standard()
                .withConfirm(confirm)
                .withOverwrite(overwrite)
                .withThreads(threads);
        try (Progress _ = Progress.of(tally.tally(), root.display())) {
            return new FilePromotion(stores, options, tally).run(desired);
        } catch (InterruptedException stopped) {
            throw PromotionTold.interrupted(stopped, tally.tally());
        }
    }

    private void report(FilesTold told, FileManifestFlags.Read read, Instant started) throws IOException {
        if (html.isEmpty() && json.isEmpty()) {
            return;
        }
        ReportModel report =
                new ReportOfFiles(told, read.milliseconds(), root.words(), started, clock.instant()).model();
        if (html.isPresent()) {
            Files.writeString(html.get(), ReportHtml.text(report));
            root.log().info("report: " + html.get());
        }
        if (json.isPresent()) {
            Files.writeString(json.get(), ReportJson.text(report) + "\n");
        }
    }
}
