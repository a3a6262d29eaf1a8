// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.git.GitRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The pull requests to one repository.
record FolderPulls(Network network, Slug slug) implements PullRequests {
    @Override
    public Optional<PullRequest> get(long number) {
        return network.shelf(slug).pulls().stream()
                .filter(pull -> pull.number() == number)
                .map(Shelf.Pull::shown)
                .findFirst();
    }

    @Override
    public Optional<PullRequest> of(Slug headRepository, RefName headBranch) {
        return network.shelf(slug).pulls().reversed().stream()
                .filter(pull -> pull.headRepository().equals(headRepository)
                        && pull.headBranch().equals(headBranch))
                .map(Shelf.Pull::shown)
                .findFirst();
    }

    @Override
    public Optional<PullRequest> open(NewPullRequest request) {
        return network.shelf(slug).pulls().reversed().stream()
                .filter(pull -> pull.headRepository().equals(request.headRepository())
                        && pull.headBranch().equals(request.headBranch())
                        && pull.base().equals(request.base()))
                .map(Shelf.Pull::shown)
                .filter(pull -> pull.state() == PullRequest.State.OPEN)
                .findFirst();
    }

    @Override
    public PullRequest create(NewPullRequest request) throws InterruptedException {
        Bodies.check(request.title(), request.body());
        return network.changing(slug, work -> {
            Optional<PullRequest> open = open(request);
            if (open.isPresent()) {
                return open.get();
            }
            Shelf.Pull pull = pull(work.shelf().next(), request);
            try (GitRepository git = network.open(slug)) {
                network.takeHead(git, pull);
                if (git.commit(pull.ref()).isEmpty()) {
                    throw refused(request, "there is no such branch");
                }
                if (git.branch(request.base()).isEmpty()) {
                    throw refused(request, "there is no branch " + request.base() + " to go to");
                }
                if (git.between("refs/heads/" + request.base(), pull.ref()).isEmpty()) {
                    throw refused(request, "no commits between " + request.base() + " and it");
                }
            }
            work.replace(work.shelf().with(pull));
            return pull.shown();
        });
    }

    private Shelf.Pull pull(long number, NewPullRequest request) {
        return new Shelf.Pull(
                number,
                request.title(),
                request.body(),
                network.user(),
                PullRequest.State.OPEN,
                request.headRepository(),
                request.headBranch(),
                request.base(),
                List.of(),
                List.of(),
                Optional.empty(),
                network.web(slug, "pulls/" + number));
    }

    private ForgeException refused(NewPullRequest request, String why) {
        return new ForgeException("the forge in " + network.root() + " takes no pull request of "
                + request.headRepository() + " " + request.headBranch() + " to " + slug + ": " + why);
    }

    @Override
    public PullRequest update(long number, String title, String body) throws InterruptedException {
        Bodies.check(title, body);
        return network.changing(slug, work -> {
            Shelf.Pull pull = work.shelf().pull(number);
            Shelf.Pull changed = pull.saying(title, body, pull.comments());
            work.replace(work.shelf().with(changed));
            return changed.shown();
        });
    }

    @Override
    public List<MergedPullRequest> merged(String from, String to) {
        List<CommitId> commits;
        try (GitRepository git = network.open(slug)) {
            commits = git.between(from, to).stream().map(SourceCommit::id).toList();
        }
        List<MergedPullRequest> merged = new ArrayList<>();
        for (CommitId commit : commits) {
            for (Shelf.Pull pull : network.shelf(slug).pulls()) {
                if (pull.merge().filter(commit::equals).isPresent()) {
                    merged.add(new MergedPullRequest(
                            pull.number(),
                            pull.title(),
                            pull.body(),
                            pull.author(),
                            pull.labels(),
                            commit,
                            pull.web()));
                }
            }
        }
        return merged;
    }
}
