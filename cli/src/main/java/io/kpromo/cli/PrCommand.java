// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.config.PullRequestSettings;
import io.kpromo.release.pr.ManifestHome;
import io.kpromo.release.pr.PromotionRequest;
import java.util.Optional;

/// `kpromo pr`: opens the pull request that asks for a promotion.
final class PrCommand implements Command {
    private final Root root;
    private final PrFlags what = new PrFlags();
    private final Access access;
    private String forge = "";
    private boolean interactive;
    private boolean dryRun;
    private boolean clone;
    private Optional<Boolean> ssh = Optional.empty();

    PrCommand(Root root) {
        this.root = root;
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "pr",
                "Open the pull request that promotes what staging holds under a tag, and print its address. GITHUB_TOKEN"
                        + " signs in.",
                "kpromo pr --fork alice --tag v1.31.0",
                "kpromo pr --fork alice --project artifact-promoter --tag v4.1.0-0 --dry-run   what it would say",
                "kpromo pr --fork alice --repo my-org/manifests --manifest-dir . --staging-repo gcr.io/my-staging -t"
                        + " v2");
        what.describe(flags);
        flags.section("How")
                .text(
                        "--forge",
                        "ADDRESS",
                        "Where the repository is: github, gitlab, https://HOST, or gitea=https://HOST. Default:"
                                + " github.",
                        address -> forge = address)
                .toggle("-i,--interactive", false, "Ask before each step (Y/n).", on -> interactive = on)
                .toggle("--dry-run", false, "Print the change and the text, and do nothing.", on -> dryRun = on)
                .toggle("--clone", false, "Work in a shallow clone rather than through the forge.", on -> clone = on)
                .toggle(
                        "--use-ssh",
                        true,
                        "Clone and push by ssh rather than https. Written with true, it implies --clone.",
                        on -> ssh = Optional.of(on));
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        PullRequestSettings settings = what.settings();
        ManifestHome home;
        PromotionRequest request;
        try {
            home = what.home(settings);
            request = what.request(settings, home);
        } catch (InvalidNameException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
        PrRun.Way way =
                clone || ssh.orElse(false) ? (ssh.orElse(true) ? PrRun.Way.SSH : PrRun.Way.HTTPS) : PrRun.Way.FORGE;
        root.interrupt().watch();
        try (Session session = access.open()) {
            PrRun run = new PrRun(
                    root, session, access.listing(), forge, settings.forge().orElse(""), interactive, way);
            return run.run(home, request, what.command(request, home, interactive), dryRun);
        }
    }
}
