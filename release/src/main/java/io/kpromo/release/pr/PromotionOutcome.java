// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;

/// What became of asking for a promotion.
public sealed interface PromotionOutcome {
    /// The pull request is there: opened just now, updated, or found.
    record Opened(PullRequest request) implements PromotionOutcome {}

    /// The manifests want all of it already.
    ///
    /// @param imagesFile that says so
    record UpToDate(String imagesFile) implements PromotionOutcome {}

    /// Somebody said no; nothing was left behind.
    ///
    /// @param to what they were asked
    record Declined(String to) implements PromotionOutcome {}

    /// What would be done.
    ///
    /// @param diff of `images.yaml`, unified
    record Preview(RefName branch, String diff, PullRequestText text) implements PromotionOutcome {}
}
