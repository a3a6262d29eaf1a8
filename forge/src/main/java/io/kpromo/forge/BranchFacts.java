// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.util.Optional;

/// What a repository is, and where one of its branches is.
///
/// @param repository that has the branch, or could have it
/// @param at what the branch points to; empty where there is none
public record BranchFacts(RepositoryFacts repository, Optional<CommitId> at) {}
