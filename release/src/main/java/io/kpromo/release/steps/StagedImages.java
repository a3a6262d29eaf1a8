// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.client.RepositoryTags;
import io.kpromo.release.config.ReleasedImage;
import io.kpromo.release.version.ImageTag;
import io.kpromo.release.version.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The images of a release in staging, and the tags that they have there.
final class StagedImages {
    private final Registries registries;
    private final List<ReleasedImage> images;
    private final Version version;

    StagedImages(Registries registries, List<ReleasedImage> images, Version version) {
        this.registries = registries;
        this.images = images;
        this.version = version;
    }

    List<ReleasedImage> images() {
        return images;
    }

    /// The newest revision of this version that any image has. One request an image.
    Optional<ImageTag> newest() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (ReleasedImage image : images) {
            all.addAll(tags(image));
        }
        return ImageTag.newest(version, all);
    }

    /// The first revision that is free in all images. One request an image.
    ImageTag next() throws InterruptedException {
        return newest().map(tag -> new ImageTag(version, tag.revision() + 1)).orElseGet(() -> new ImageTag(version, 0));
    }

    /// What the images of this tag are; those that have it not are left out. One request an image.
    Map<ReleasedImage, Descriptor> of(ImageTag tag) throws InterruptedException {
        Map<ReleasedImage, Descriptor> found = new LinkedHashMap<>();
        for (ReleasedImage image : images) {
            registries.manifests().head(image.staging().at(tag.tag())).ifPresent(there -> found.put(image, there));
        }
        return found;
    }

    private List<String> tags(ReleasedImage image) throws InterruptedException {
        return new RepositoryTags(registries, image.staging()).names().orElse(List.of());
    }
}
