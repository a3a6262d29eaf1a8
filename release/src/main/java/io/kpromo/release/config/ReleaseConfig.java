// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.ForgeAddress;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a project is released: `release.yaml`. Secrets are never in it; they are named by the variables that hold
/// them.
///
/// @param repository what is released
/// @param forge that holds it; empty for the usual one
/// @param branch that releases are made of
/// @param images that a release brings
/// @param signer who must have signed them in production; empty when nobody must
/// @param versions where the version is written down; empty when nowhere
/// @param tracking the issue that goes along
/// @param canaries promotions that show that a build promotes
/// @param promotion where the promotion pull request goes; empty when nothing is promoted
/// @param job that promotes then; empty when it cannot be looked at
/// @param rollout who gets the new image
/// @param page the release on the forge
/// @param announcement how people are told
public record ReleaseConfig(
        Slug repository,
        Optional<ForgeAddress> forge,
        RefName branch,
        List<ReleasedImage> images,
        Optional<ExpectedSigner> signer,
        Optional<VersionReferences> versions,
        Tracking tracking,
        List<Canary> canaries,
        Optional<PromotionTarget> promotion,
        Optional<PromotionJob> job,
        List<RolloutTarget> rollout,
        ReleasePage page,
        Announcement announcement) {
    /// What the file is called.
    public static final String FILE = "release.yaml";

    public ReleaseConfig {
        images = List.copyOf(images);
        canaries = List.copyOf(canaries);
        rollout = List.copyOf(rollout);
    }

    /// Reads it, strictly.
    ///
    /// @throws io.kpromo.yaml.InvalidInputException when anything in it is wrong, with all places
    public static ReleaseConfig read(Path file) {
        return ConfigReader.read(file);
    }

    /// A commented file to begin with; it reads back.
    ///
    /// @param forge where the repository is, if not on github.com
    public static String commented(Slug repository, Optional<ForgeAddress> forge) {
        return ReleaseConfigText.of(repository, forge);
    }
}
