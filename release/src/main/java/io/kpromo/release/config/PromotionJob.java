// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import java.net.URI;

/// The job that promotes once the pull request is merged.
public sealed interface PromotionJob {
    /// A job of Prow.
    ///
    /// @param logs the folder of its runs, with `latest-build.txt` in it: `https://…` or `gs://bucket/folder`
    record Prow(URI logs) implements PromotionJob {}

    /// A job of the forge itself: GitHub Actions, GitLab CI, Gitea Actions.
    ///
    /// @param file of the workflow: `promote.yml`
    record Workflow(Slug repository, String file, RefName branch) implements PromotionJob {}

    /// A pipeline of Tekton, read from its Results API.
    ///
    /// @param results the address of that API
    record Tekton(URI results, String namespace, String pipeline) implements PromotionJob {}
}
