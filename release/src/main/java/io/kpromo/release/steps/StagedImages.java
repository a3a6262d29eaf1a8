// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.client.RepositoryTags;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.release.config.ReleasedImage;
import io.kpromo.release.version.ImageTag;
import io.kpromo.release.version.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The images of a release in staging, and the tags that they have there. Registries are asked each thing once,
/// until [#forget]; one that could not be reached is not asked again either. For one thread at a time.
final class StagedImages {
    private final Registries registries;
    private final List<ReleasedImage> images;
    private final Version version;
    private Optional<List<String>> tags = Optional.empty();
    private final Map<ImageTag, Map<ReleasedImage, Descriptor>> found = new HashMap<>();
    private Optional<RegistryException> unreachable = Optional.empty();

    StagedImages(Registries registries, List<ReleasedImage> images, Version version) {
        this.registries = registries;
        this.images = images;
        this.version = version;
    }

    List<ReleasedImage> images() {
        return images;
    }

    /// The next question is asked of registries.
    void forget() {
        tags = Optional.empty();
        found.clear();
        unreachable = Optional.empty();
    }

    /// The newest revision of this version that any image has. One request an image.
    Optional<ImageTag> newest() throws InterruptedException {
        if (tags.isEmpty()) {
            tags = Optional.of(asked(this::tags));
        }
        return ImageTag.newest(version, tags.get());
    }

    /// The first revision that is free in all images. One request an image.
    ImageTag next() throws InterruptedException {
        return newest().map(tag -> new ImageTag(version, tag.revision() + 1)).orElseGet(() -> new ImageTag(version, 0));
    }

    /// What the images of this tag are; those that have it not are left out. One request an image.
    Map<ReleasedImage, Descriptor> of(ImageTag tag) throws InterruptedException {
        Map<ReleasedImage, Descriptor> known = found.get(tag);
        if (known != null) {
            return known;
        }
        Map<ReleasedImage, Descriptor> there = asked(() -> heads(tag));
        found.put(tag, there);
        return there;
    }

    private interface Question<T> {
        T ask() throws InterruptedException;
    }

    private <T> T asked(Question<T> question) throws InterruptedException {
        if (unreachable.isPresent()) {
            throw unreachable.get();
        }
        try {
            return question.ask();
        } catch (RegistryException e) {
            unreachable = e.unreachable() ? Optional.of(e) : Optional.empty();
            throw e;
        }
    }

    private List<String> tags() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (ReleasedImage image : images) {
            all.addAll(new RepositoryTags(registries, image.staging()).names().orElse(List.of()));
        }
        return all;
    }

    private Map<ReleasedImage, Descriptor> heads(ImageTag tag) throws InterruptedException {
        Map<ReleasedImage, Descriptor> there = new LinkedHashMap<>();
        for (ReleasedImage image : images) {
            registries.manifests().head(image.staging().at(tag.tag())).ifPresent(head -> there.put(image, head));
        }
        return there;
    }
}
