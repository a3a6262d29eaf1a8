// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.manifest.Registry;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.oci.Repository;
import io.kpromo.release.config.PromotionTarget;
import io.kpromo.release.config.ReleasedImage;
import io.kpromo.yaml.InvalidInputException;
import java.util.List;

/// The manifests that say where images of staging go, as they are on the branch that pull requests go to.
final class PromotionManifests {
    private final Forge forge;
    private final PromotionTarget target;

    PromotionManifests(Forge forge, PromotionTarget target) {
        this.forge = forge;
        this.target = target;
    }

    /// The registry in staging that holds an image, as its manifest names it.
    ///
    /// @throws ForgeException where no manifest takes images from there
    RegistryName staging(ReleasedImage image) throws InterruptedException {
        return registries(image).stream()
                .filter(Registry::source)
                .findFirst()
                .orElseThrow()
                .name();
    }

    /// Where an image goes.
    List<Repository> destinations(ReleasedImage image) throws InterruptedException {
        List<Registry> all = registries(image);
        RegistryName staging = staging(image);
        String name = image.staging()
                .path()
                .substring(staging.path().isEmpty() ? 0 : staging.path().length() + 1);
        return all.stream()
                .filter(registry -> !registry.source())
                .map(registry -> registry.name().repository(name))
                .toList();
    }

    /// Of the manifest whose source holds the image; of several that whose source is nearest to it. Manifests of
    /// others that cannot be read are theirs to mend.
    private List<Registry> registries(ReleasedImage image) throws InterruptedException {
        List<Registry> best = List.of();
        int longest = -1;
        for (SourceFile file : files()) {
            try {
                List<Registry> registries = Manifests.registries(file.bytes(), file.path());
                for (Registry registry : registries) {
                    int length = registry.name().path().length();
                    if (registry.source() && registry.name().holds(image.staging()) && length > longest) {
                        best = registries;
                        longest = length;
                    }
                }
            } catch (InvalidInputException e) {
                // Told by who checks that repository.
            }
        }
        if (best.isEmpty()) {
            throw new ForgeException("no manifest in " + target.repository() + " " + folder()
                    + " takes images from where " + image.staging() + " is; add one there, or see promotion in"
                    + " release.yaml");
        }
        return best;
    }

    private List<SourceFile> files() throws InterruptedException {
        Sources sources = forge.sources(target.repository());
        CommitId base = sources.branch(target.base())
                .orElseThrow(() -> new ForgeException(
                        target.repository() + " has no branch " + target.base() + "; see promotion in release.yaml"));
        return sources.files(base, folder(), "promoter-manifest.yaml");
    }

    private String folder() {
        return target.manifests().isEmpty() ? "manifests" : target.manifests() + "/manifests";
    }
}
