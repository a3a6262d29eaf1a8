// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

/// A pull request to be opened. Maintainers may change its branch; it is no draft.
///
/// @param headRepository where the branch is: a fork, or the repository itself
/// @param base the branch that it goes to
/// @param body Markdown
public record NewPullRequest(Slug headRepository, RefName headBranch, RefName base, String title, String body) {}
