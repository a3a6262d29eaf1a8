// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.memory;

import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import java.util.List;
import java.util.Optional;

/// The pull requests of a repository, asked each thing once.
record RememberedPullRequests(PullRequests requests, Slug repository, Memory memory) implements PullRequests {
    @Override
    public Optional<PullRequest> get(long number) throws InterruptedException {
        return memory.answer(List.of("pull", repository, number), () -> requests.get(number));
    }

    @Override
    public Optional<PullRequest> of(Slug headRepository, RefName headBranch) throws InterruptedException {
        return memory.answer(
                List.of("pull of", repository, headRepository, headBranch),
                () -> requests.of(headRepository, headBranch));
    }

    @Override
    public PullRequest create(NewPullRequest request) throws InterruptedException {
        return memory.change(repository, () -> requests.create(request));
    }

    @Override
    public Optional<PullRequest> open(NewPullRequest request) throws InterruptedException {
        return memory.answer(List.of("open pull", repository, request), () -> requests.open(request));
    }

    @Override
    public PullRequest update(long number, String title, String body) throws InterruptedException {
        return memory.change(repository, () -> requests.update(number, title, body));
    }

    @Override
    public List<MergedPullRequest> merged(String from, String to) throws InterruptedException {
        return memory.answer(List.of("merged", repository, from, to), () -> requests.merged(from, to));
    }
}
