// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.util.List;
import java.util.Optional;

/// The pull requests that go to one repository.
public interface PullRequests {
    /// @return empty when there is no such pull request
    Optional<PullRequest> get(long number) throws InterruptedException;

    /// The newest pull request of this branch, open or not.
    Optional<PullRequest> of(Slug headRepository, RefName headBranch) throws InterruptedException;

    /// The open one of the same branches; its text may be another.
    Optional<PullRequest> open(NewPullRequest request) throws InterruptedException;

    /// Opens it, or finds the open one of the same branches.
    PullRequest create(NewPullRequest request) throws InterruptedException;

    /// Changes title and text.
    PullRequest update(long number, String title, String body) throws InterruptedException;

    /// Those whose commits `to` has and `from` has not, in the order in which they were merged.
    ///
    /// @param from a branch, a tag or a commit
    /// @param to likewise
    List<MergedPullRequest> merged(String from, String to) throws InterruptedException;
}
