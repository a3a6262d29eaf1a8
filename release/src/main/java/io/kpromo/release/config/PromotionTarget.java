// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import java.util.Optional;

/// Where the promotion pull request goes.
///
/// @param repository with the manifests
/// @param base the branch that is promoted from
/// @param manifests the folder with the tree of thin manifests; empty for the root
/// @param project as the manifests call it
/// @param fork where the branch is put: `user` or `user/repository`; empty when it must be said with each run
/// @param reviewers as they are addressed: `@organisation/team`
public record PromotionTarget(
        Slug repository, RefName base, String manifests, String project, Optional<String> fork, String reviewers) {}
