// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.net.URI;
import java.util.List;

/// A pull request that was merged, with what release notes are made of.
///
/// @param author login; with `[bot]` at its end for a program
/// @param mergeCommit what it became on the branch it went to
public record MergedPullRequest(
        long number, String title, String body, String author, List<String> labels, CommitId mergeCommit, URI web) {
    public MergedPullRequest {
        labels = List.copyOf(labels);
    }
}
