// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.io.IOException;

/// `kpromo run files`: promotes files.
final class RunFilesCommand implements Command {
    private final Root root;
    private final FileManifestFlags manifests;
    private final Access access;
    private final SigningFlags signing;
    private final ReportFlags reports;
    private boolean confirm;
    private boolean useServiceAccount;
    private boolean overwrite;
    private boolean failOnMissing;
    private int threads = 8;

    RunFilesCommand(Root root) {
        this.root = root;
        this.manifests = new FileManifestFlags(root);
        this.access = new Access(root);
        this.signing = new SigningFlags(root);
        this.reports = new ReportFlags(root);
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
                .number("--threads", "N", 8, "Files copied at the same time.", n -> threads = n);
        reports.describe(flags);
        signing.describe(flags);
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException, IOException {
        if (threads < 1) {
            throw new UsageException("--threads is 1 or more; got " + threads);
        }
        signing.checkForFiles();
        reports.check();
        return new FilesRun(
                        root,
                        signing,
                        new FilesRun.Wishes(confirm, useServiceAccount, overwrite, failOnMissing, threads),
                        reports)
                .run(manifests, access);
    }
}
