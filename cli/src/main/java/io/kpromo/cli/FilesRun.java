// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.FileTally;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.run.FileOptions;
import io.kpromo.files.run.FileOutcome;
import io.kpromo.files.store.Stores;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/// One promotion of files, from manifests to the report.
final class FilesRun {
    /// What the flags say.
    record Wishes(boolean confirm, boolean useServiceAccount, boolean overwrite, boolean failOnMissing, int threads) {}

    private final Root root;
    private final SigningFlags signing;
    private final Wishes wishes;
    private final ReportFlags reports;
    private final Clock clock = Clock.systemUTC();

    FilesRun(Root root, SigningFlags signing, Wishes wishes, ReportFlags reports) {
        this.root = root;
        this.signing = signing;
        this.wishes = wishes;
        this.reports = reports;
    }

    /// @throws InterruptedException with a line that says what is done
    ExitCode run(FileManifestFlags manifests, Access access) throws InterruptedException, IOException {
        FileManifestFlags.Read read = manifests.read();
        root.interrupt().watch();
        Map<String, String> environment = root.console().environment();
        try (Session session = access.open(
                        StoreOpener.named(environment, FileStores.servers(read.manifests())), wishes.threads());
                Stores stores = new FileStores(
                        read.manifests(),
                        new StoreOpener(session, environment),
                        wishes.confirm() || wishes.useServiceAccount())) {
            FilesPrinted printed = new FilesPrinted(root.console().out(), wishes.confirm());
            FileTally tally = new FileTally(
                    System::nanoTime, () -> session.counts().total().requests()) {
                @Override
                public void planned(Supplier<FileOutcome> soFar) {
                    super.planned(soFar);
                    root.screen().aside(() -> printed.planned(soFar.get().plan()));
                }
            };
            printed.start();
            FilesSoFar soFar = new FilesSoFar(root, clock, tally, session::counts, wishes.confirm());
            soFar.wants(DesiredFiles.of(read.manifests().all()), read.milliseconds());
            return reports.orHalted(soFar::halted, () -> {
                SignedFiles files = new SignedFiles(root, signing, session, stores, clock);
                FilesTold told = soFar.ended(promoted(files, soFar, printed), wishes.failOnMissing());
                printed.finish(told.errors());
                told.summary();
                reports.write(() -> soFar.report(told));
                return told.exitCode();
            });
        }
    }

    /// What was begun in print is ended there, too, where nothing comes of it.
    private SignedFiles.Done promoted(SignedFiles files, FilesSoFar soFar, FilesPrinted printed)
            throws InterruptedException {
        try {
            return files.promote(options(), soFar);
        } catch (RuntimeException e) {
            printed.finish(Advice.lines(e));
            throw e;
        }
    }

    private FileOptions options() {
        return FileOptions.standard()
                .withConfirm(wishes.confirm())
                .withOverwrite(wishes.overwrite())
                .withThreads(wishes.threads());
    }
}
