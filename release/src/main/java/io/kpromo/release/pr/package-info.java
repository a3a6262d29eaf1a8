// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// The pull request that asks for a promotion: what staging holds under some tags goes into a project's
/// `images.yaml`. Start at [PromotionPullRequest].
@NullMarked
package io.kpromo.release.pr;

import org.jspecify.annotations.NullMarked;
