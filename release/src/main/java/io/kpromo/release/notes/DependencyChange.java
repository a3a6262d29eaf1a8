// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import java.util.List;

/// A dependency that changed, maybe in several steps.
///
/// @param name of it; the title of the pull request where that tells no name
/// @param from the version before the first step; empty where the title does not tell
/// @param to the version after the last one; likewise
/// @param pullRequests that did it, in the order in which they were merged
public record DependencyChange(String name, String from, String to, List<Long> pullRequests) {
    public DependencyChange {
        pullRequests = List.copyOf(pullRequests);
    }
}
