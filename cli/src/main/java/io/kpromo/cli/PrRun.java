// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Log;
import io.kpromo.forge.Author;
import io.kpromo.forge.Forge;
import io.kpromo.forge.git.GitRemote;
import io.kpromo.forge.git.GitSettings;
import io.kpromo.images.run.ObserverOptions;
import io.kpromo.oci.Host;
import io.kpromo.oci.auth.Secret;
import io.kpromo.release.pr.CloneSettings;
import io.kpromo.release.pr.Consent;
import io.kpromo.release.pr.ManifestHome;
import io.kpromo.release.pr.PromotionLog;
import io.kpromo.release.pr.PromotionOutcome;
import io.kpromo.release.pr.PromotionPullRequest;
import io.kpromo.release.pr.PromotionRequest;
import io.kpromo.release.pr.RefusedPromotionException;
import io.kpromo.release.pr.Staging;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One run of `kpromo pr`. Apart from its flags, for with it rooms are opened.
///
/// @param listing hosts that list in Google's form though their names do not say so
/// @param typed the forge as a flag names it; may be empty
/// @param filed the forge as a file names it; may be empty
record PrRun(Root root, Session session, Set<Host> listing, String typed, String filed, boolean interactive, Way way) {
    /// How the change gets to the fork.
    enum Way {
        FORGE,
        HTTPS,
        SSH
    }

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    ExitCode run(ManifestHome home, PromotionRequest request, String command, boolean dryRun)
            throws InterruptedException {
        Map<String, String> environment = root.console().environment();
        Forges forges = new Forges(root, session);
        Optional<Secret> token = forges.needed(typed, filed);
        Author author = GitSettings.author(environment, Path.of(""))
                .orElseThrow(() -> new UsageException("who signs off the commit? Set GIT_COMMITTER_NAME and"
                        + " GIT_COMMITTER_EMAIL, or user.name and user.email in git's configuration"));
        Consent consent = interactive ? new Answers(root.console().in(), root.screen(), PATIENCE) : Consent.always();
        try (Forge forge = forges.open(typed, filed)) {
            ObserverOptions options = ObserverOptions.standard().withListing(listing);
            PromotionPullRequest opening = new PromotionPullRequest(
                            forge, new Staging(session.registries(), options), home, author, told(root.log()))
                    .asking(consent);
            PromotionPullRequest ready = way == Way.FORGE ? opening : opening.inClone(clone(token));
            return print(dryRun ? ready.preview(request, command) : ready.open(request, command));
        } catch (RefusedPromotionException e) {
            root.log().failure(String.valueOf(e.getMessage()), e);
            return ExitCode.REFUSED;
        }
    }

    private CloneSettings clone(Optional<Secret> token) {
        Map<String, String> environment = root.console().environment();
        return new CloneSettings(
                page -> way == Way.SSH ? GitRemote.ofPageBySsh(page, environment) : GitRemote.ofPage(page, token));
    }

    private ExitCode print(PromotionOutcome outcome) {
        PrintStream out = root.console().out();
        switch (outcome) {
            case PromotionOutcome.Opened(var request) -> out.print(request.web() + "\n");
            case PromotionOutcome.UpToDate(var file) ->
                root.log().info("nothing to do: " + file + " wants all of it already");
            case PromotionOutcome.Declined(var question) ->
                root.log().info("stopped, and nothing left behind, at: " + question);
            case PromotionOutcome.Preview(var branch, var diff, var text) -> {
                out.print(diff + "\n" + text.title() + "\n\n" + text.body());
                root.log().info("dry run: branch " + branch + " would be pushed, and the pull request opened");
            }
        }
        return ExitCode.DONE;
    }

    private static PromotionLog told(Log log) {
        return new PromotionLog() {
            @Override
            public void info(String message) {
                log.info(message);
            }

            @Override
            public void warning(String message) {
                log.warn(message);
            }
        };
    }
}
