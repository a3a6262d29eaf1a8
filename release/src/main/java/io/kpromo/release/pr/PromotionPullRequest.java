// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.Author;
import io.kpromo.forge.BranchFacts;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.forge.git.UnifiedDiff;
import java.util.List;
import java.util.Optional;

/// Opens the pull request that asks for a promotion. The order is: the fork, the branch, the manifests, staging;
/// then the commit, and the pull request last. Whoever is interrupted runs it again: a branch that holds just
/// what it should is taken as it is, and a pull request of it is found.
///
/// Through the forge alone this takes eight requests of GitHub, however large the repository is.
public final class PromotionPullRequest {
    private static final int LONGEST_BODY = 65_536;

    private final Forge forge;
    private final Staging staging;
    private final ManifestHome home;
    private final Author author;
    private final PromotionLog log;
    private Consent consent = Consent.always();
    private Optional<CloneSettings> clone = Optional.empty();

    /// @param author who signs off the commit
    public PromotionPullRequest(Forge forge, Staging staging, ManifestHome home, Author author, PromotionLog log) {
        this.forge = forge;
        this.staging = staging;
        this.home = home;
        this.author = author;
        this.log = log;
    }

    /// Asks before each step.
    public PromotionPullRequest asking(Consent person) {
        this.consent = person;
        return this;
    }

    /// Works in a shallow clone.
    public PromotionPullRequest inClone(CloneSettings settings) {
        this.clone = Optional.of(settings);
        return this;
    }

    /// Says what would be done, and changes nothing.
    ///
    /// @param command the command line, for the text of the pull request
    public PromotionOutcome preview(PromotionRequest request, String command) throws InterruptedException {
        return run(request, command, true);
    }

    /// Opens it, updates it, or finds it.
    ///
    /// @param command the command line, for the text of the pull request
    /// @throws PromotionException when it cannot be asked for
    /// @throws io.kpromo.forge.ForgeException when the forge refuses
    public PromotionOutcome open(PromotionRequest request, String command) throws InterruptedException {
        return run(request, command, false);
    }

    private PromotionOutcome run(PromotionRequest request, String command, boolean preview)
            throws InterruptedException {
        PullRequestText text = text(request, command);
        Sources fork = forge.sources(request.fork());
        Optional<CommitId> standing = checkedFork(request, fork).at();
        String grow = "Grow the manifests by " + request.staging() + ", tags "
                + String.join(
                        ", ", request.tags().stream().map(tag -> tag.text()).toList()) + "?";
        if (!preview && !consent.to(grow)) {
            return new PromotionOutcome.Declined(grow);
        }
        Desk desk = desk(request, fork);
        boolean opened = false;
        try {
            Growth growth = Growth.of(request, home, desk, staging, log);
            if (!growth.changes()) {
                return new PromotionOutcome.UpToDate(growth.path());
            }
            Branch branch = branch(request, fork, standing, growth);
            if (preview) {
                String diff = UnifiedDiff.of(
                        growth.path(), growth.before(), growth.grown().text());
                return new PromotionOutcome.Preview(request.branch(), diff, text);
            }
            PromotionOutcome outcome = propose(request, text, desk, growth, branch);
            opened = outcome instanceof PromotionOutcome.Opened;
            return outcome;
        } finally {
            desk.leave(opened);
        }
    }

    private PullRequestText text(PromotionRequest request, String command) {
        PullRequestText text = PullRequestText.of(request, home, command, author);
        if (text.body().length() > LONGEST_BODY) {
            throw new PromotionException("the text of the pull request would have "
                    + text.body().length() + " characters, more than " + LONGEST_BODY + "; shorten --note");
        }
        return text;
    }

    private BranchFacts checkedFork(PromotionRequest request, Sources source) throws InterruptedException {
        Slug fork = request.fork();
        BranchFacts found = source.facts(request.branch())
                .orElseThrow(() -> new PromotionException("there is no repository " + fork + " on " + forge.name()
                        + ", or this account may not see it; fork " + home.repository() + " first"));
        RepositoryFacts facts = found.repository();
        if (!fork.equals(home.repository())
                && !facts.parent().filter(home.repository()::equals).isPresent()) {
            throw new PromotionException(fork + " is "
                    + facts.parent().map(parent -> "a fork of " + parent).orElse("not a fork") + ", not one of "
                    + home.repository() + "; fork that and name it with --fork");
        }
        return found;
    }

    /// What is to be done with the branch.
    ///
    /// @param standing what it points to before anything is done
    /// @param right whether it holds just what it should
    private record Branch(Optional<CommitId> standing, boolean right) {}

    private Branch branch(PromotionRequest request, Sources fork, Optional<CommitId> standing, Growth growth)
            throws InterruptedException {
        if (standing.isEmpty() || request.again()) {
            return new Branch(standing, false);
        }
        Optional<SourceFile> there = fork.file(standing.get(), growth.path());
        if (there.filter(growth.file()::equals).isEmpty()) {
            throw new PromotionException("branch " + request.branch() + " of " + request.fork()
                    + " exists and holds something else; delete it, or replace it with kpromo pr --force");
        }
        return new Branch(standing, true);
    }

    private Desk desk(PromotionRequest request, Sources fork) throws InterruptedException {
        Slug repository = request.fromFork() ? request.fork() : home.repository();
        Sources reading = request.fromFork() ? fork : forge.sources(repository);
        ForgeDesk throughForge = new ForgeDesk(repository, home.base(), reading, fork);
        return clone.isEmpty() ? throughForge : CloneDesk.open(clone.get(), throughForge, request.fork(), consent, log);
    }

    private PromotionOutcome propose(
            PromotionRequest request, PullRequestText text, Desk desk, Growth growth, Branch branch)
            throws InterruptedException {
        String push = "Push branch " + request.branch() + " to " + request.fork() + "?";
        if (!consent.to(push)) {
            return new PromotionOutcome.Declined(push);
        }
        Optional<CommitId> pushed = Optional.empty();
        if (branch.right()) {
            log.info("branch " + request.branch() + " of " + request.fork() + " is there already and right");
        } else {
            pushed = Optional.of(desk.push(commit(request, text, growth, branch)));
        }
        String create = "Create the pull request to " + home.repository() + " " + home.base() + "?";
        if (!consent.to(create)) {
            if (pushed.isPresent() && branch.standing().isEmpty()) {
                forge.sources(request.fork()).deleteBranch(request.branch(), pushed.get());
            }
            return new PromotionOutcome.Declined(create);
        }
        return new PromotionOutcome.Opened(opened(request, text, branch));
    }

    private NewCommit commit(PromotionRequest request, PullRequestText text, Growth growth, Branch branch) {
        boolean mayLag = !request.fromFork() && !request.fork().equals(home.repository());
        return new NewCommit(
                request.branch(),
                branch.standing(),
                mayLag ? Optional.of(home.repository()) : Optional.empty(),
                growth.base(),
                List.of(growth.file()),
                text.message(),
                Optional.of(author));
    }

    /// Where a branch was replaced there is most likely one of it: a refusal to open a second one is saved.
    private PullRequest opened(PromotionRequest request, PullRequestText text, Branch branch)
            throws InterruptedException {
        PullRequests requests = forge.pullRequests(home.repository());
        NewPullRequest wanted =
                new NewPullRequest(request.fork(), request.branch(), home.base(), text.title(), text.body());
        Optional<PullRequest> there = branch.standing().isEmpty() ? Optional.empty() : requests.open(wanted);
        PullRequest opened = there.isPresent() ? there.get() : requests.create(wanted);
        boolean same = opened.title().equals(text.title()) && opened.body().equals(text.body());
        return same || !request.again() ? opened : requests.update(opened.number(), text.title(), text.body());
    }
}
