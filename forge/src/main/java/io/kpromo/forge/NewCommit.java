// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.util.List;
import java.util.Optional;

/// A commit to be made of changed files, on top of a parent; all other files stay as the parent has them.
///
/// @param branch to be put there; it may exist or not, see `over`
/// @param over what the branch must point to beforehand; empty when it must not exist
/// @param upstream where the parent is known for sure, when this is a fork of it that may lag behind
/// @param parent the commit below it
/// @param files whole new contents of changed and added files
/// @param message title, empty line, text
/// @param author who wrote it, and commits it; empty for the account of the forge
public record NewCommit(
        RefName branch,
        Optional<CommitId> over,
        Optional<Slug> upstream,
        CommitId parent,
        List<SourceFile> files,
        String message,
        Optional<Author> author) {
    public NewCommit {
        files = List.copyOf(files);
    }
}
