// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.github.ReleaseConfig;
import io.kpromo.files.store.access.ServiceAccount;
import io.kpromo.oci.InvalidNameException;
import java.io.IOException;
import java.util.List;

/// `kpromo gh`: mirrors releases on GitHub.
final class GhCommand implements Command {
    private final Root root;
    private final GhFlags releases = new GhFlags();
    private final SigningFlags signing;
    private final ReportFlags reports;
    private final Access access;
    private String account = "";
    private String api = "";
    private boolean overwrite;
    private int threads = 8;

    GhCommand(Root root) {
        this.root = root;
        this.signing = new SigningFlags(root);
        this.reports = new ReportFlags(root);
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "gh",
                "Mirror releases on GitHub into buckets, folders or registries: what is missing there is copied, and"
                        + " checked against GitHub's sizes and digests. GITHUB_TOKEN or GH_TOKEN signs in.",
                "kpromo gh --org kubernetes-sigs --repo cri-tools --bucket k8s-artifacts-cri-tools --release-dir"
                        + " release",
                "kpromo gh --org o --repo r --tags v1.0.0 --download-only --output-dir ./releases",
                "kpromo gh --config releases.yaml");
        releases.describe(flags);
        flags.text(
                        "--service-account",
                        "ACCOUNT",
                        "Write to Google's buckets as this account. Default: whoever this machine is.",
                        name -> account = name)
                .toggle(
                        "--overwrite",
                        false,
                        "Replace files whose content is another than GitHub's.",
                        on -> overwrite = on)
                .section("GitHub")
                .text(
                        "--github-api",
                        "URL",
                        "The API to ask, for GitHub Enterprise. Default: GITHUB_API_URL, or https://api.github.com.",
                        url -> api = url)
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
        checkAccount();
        signing.checkForFiles();
        reports.check();
        List<ReleaseConfig> configs = releases.configs();
        root.interrupt().watch();
        try (Session session = access.open(StoreOpener.named(root.console().environment(), List.of()), threads)) {
            return new GhRun(root, session, signing, reports, api, account, overwrite, threads)
                    .mirror(configs, releases.output());
        }
    }

    private void checkAccount() {
        if (account.isEmpty()) {
            return;
        }
        try {
            new ServiceAccount(account);
        } catch (InvalidNameException e) {
            throw new UsageException("--service-account: " + e.getMessage(), e);
        }
    }
}
