// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.net.URI;

/// A pull request (a merge request on GitLab).
///
/// @param number its number in the repository that it goes to
/// @param headRepository where the branch is that it brings
/// @param headBranch that branch
/// @param web its page
public record PullRequest(
        long number, String title, String body, State state, Slug headRepository, RefName headBranch, URI web) {
    public enum State {
        OPEN,
        MERGED,
        /// Closed without being merged.
        CLOSED
    }
}
