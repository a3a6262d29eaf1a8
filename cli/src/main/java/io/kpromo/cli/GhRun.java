// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.FileTally;
import io.kpromo.cli.terminal.Text;
import io.kpromo.files.github.GitHub;
import io.kpromo.files.github.ReleaseConfig;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.run.FileOptions;
import io.kpromo.forge.ForgeAddress;
import io.kpromo.forge.github.GitHubForge;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// One run of `kpromo gh`. Apart from its flags, for with it rooms are opened.
///
/// @param signing of what goes to registries
/// @param api as the flag has it; may be empty
/// @param account to write to Google's buckets as; empty for whoever this machine is
record GhRun(
        Root root,
        Session session,
        SigningFlags signing,
        ReportFlags reports,
        String api,
        String account,
        boolean overwrite,
        int threads) {
    /// @param output a folder that gets a copy of everything
    ExitCode mirror(List<ReleaseConfig> configs, Optional<Path> output) throws InterruptedException, IOException {
        Clock clock = Clock.systemUTC();
        GitHub gitHub = gitHub();
        try (ReleaseStores stores =
                new ReleaseStores(new StoreOpener(session, root.console().environment()), account, output)) {
            FilesSoFar soFar = new FilesSoFar(root, clock, tally(), session::counts, true);
            return reports.orHalted(soFar::halted, () -> {
                FilesTold told = soFar.ended(promoted(configs, gitHub, stores, soFar, clock), true);
                told.errors().forEach(root.log()::error);
                told.summary();
                tell(gitHub);
                reports.write(() -> soFar.report(told));
                return told.exitCode();
            });
        }
    }

    private FileTally tally() {
        return new FileTally(System::nanoTime, () -> session.counts().total().requests());
    }

    private SignedFiles.Done promoted(
            List<ReleaseConfig> configs, GitHub gitHub, ReleaseStores stores, FilesSoFar soFar, Clock clock)
            throws InterruptedException {
        long began = System.nanoTime();
        DesiredFiles desired = new ReleaseFiles(gitHub, stores, threads, root.log()).of(configs);
        soFar.wants(desired, Duration.ofNanos(System.nanoTime() - began).toMillis());
        FileOptions options = FileOptions.standard()
                .withConfirm(true)
                .withOverwrite(overwrite)
                .withThreads(threads);
        return new SignedFiles(root, signing, session, stores, clock).promote(options, soFar);
    }

    private void tell(GitHub gitHub) {
        gitHub.allowance()
                .ifPresent(left -> root.log()
                        .info("GitHub takes " + Text.count(left.remaining(), "more request") + " of "
                                + Text.count(left.limit()) + " until " + time(left.until())));
    }

    private GitHub gitHub() {
        Optional<Secret> token = Forges.token(root.console(), ForgeAddress.Kind.GITHUB);
        return new GitHub(session.transport(), address(), token, Forges.waiting(root), Time.system());
    }

    private URI address() {
        Optional<String> set = root.console().variable("GITHUB_API_URL");
        try {
            return (api.isEmpty() ? set : Optional.of(api))
                    .map(text ->
                            ForgeAddress.api(ForgeAddress.Kind.GITHUB, text).api())
                    .orElse(GitHubForge.PUBLIC);
        } catch (InvalidNameException e) {
            throw new UsageException(
                    (api.isEmpty() ? "GITHUB_API_URL" : "--github-api") + " is no address: " + e.getMessage(), e);
        }
    }

    private static LocalTime time(Instant at) {
        return LocalTime.ofInstant(at, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    }
}
