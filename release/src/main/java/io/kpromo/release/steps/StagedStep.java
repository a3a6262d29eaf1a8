// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.Platform;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.client.Registries;
import io.kpromo.release.config.ReleasedImage;
import io.kpromo.release.version.ImageTag;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.Looked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether the images are in staging: tag, digest, platforms, signatures. Others build them, so all that can be done
/// here is wait.
final class StagedStep implements Step {
    private final StagedImages images;
    private final Registries registries;
    private final Attachments attachments;

    StagedStep(StagedImages images, Registries registries, Attachments attachments) {
        this.images = images;
        this.registries = registries;
        this.attachments = attachments;
    }

    @Override
    public String id() {
        return "staged";
    }

    @Override
    public String title() {
        return "Images in staging";
    }

    @Override
    public List<String> boxes() {
        return List.of("Staged", "Staged?", "Image staged", "Images staged");
    }

    @Override
    public Standing look() throws InterruptedException {
        if (images.images().isEmpty()) {
            return new Standing.Left("release.yaml names no images");
        }
        Optional<ImageTag> tag = images.newest();
        if (tag.isEmpty()) {
            return new Standing.Waiting("the build of " + names(images.images(), images.next()));
        }
        Map<ReleasedImage, Descriptor> there = images.of(tag.get());
        List<ReleasedImage> missing = images.images().stream()
                .filter(image -> !there.containsKey(image))
                .toList();
        if (!missing.isEmpty()) {
            return new Standing.Waiting("the build of " + names(missing, tag.get()));
        }
        List<String> found = new ArrayList<>();
        for (Map.Entry<ReleasedImage, Descriptor> image : there.entrySet()) {
            ReleasedImage which = image.getKey();
            Digest digest = image.getValue().digest();
            Set<String> platforms = platforms(which.staging().at(digest));
            List<String> lacking = which.platforms().stream()
                    .filter(wanted -> !platforms.contains(wanted))
                    .toList();
            if (!lacking.isEmpty()) {
                return new Standing.Blocked(
                        which.staging().at(tag.get().tag()) + " is not built for " + String.join(", ", lacking),
                        "build it again for all platforms, as "
                                + new ImageTag(tag.get().version(), tag.get().revision() + 1));
            }
            found.add(which.staging().at(tag.get().tag()) + " is " + digest
                    + (platforms.isEmpty() ? "" : " for " + String.join(", ", platforms)) + ", "
                    + signatures(which, digest));
        }
        return new Standing.Done(String.join("; ", found));
    }

    @Override
    public Standing perform() throws InterruptedException {
        return look();
    }

    private static String names(List<ReleasedImage> images, ImageTag tag) {
        return images.stream()
                .map(image -> image.staging().at(tag.tag()).toString())
                .collect(Collectors.joining(", "));
    }

    /// Of an index; an image alone does not say in its manifest.
    private Set<String> platforms(ImageReference image) throws InterruptedException {
        Optional<RawManifest> raw = registries.manifests().get(image);
        Set<String> platforms = new TreeSet<>();
        if (raw.isPresent() && Manifest.parse(raw.get()) instanceof Manifest.Index index) {
            index.manifests().stream()
                    .flatMap(child -> child.platform().stream())
                    .filter(platform -> !platform.isUnknown())
                    .map(Platform::toString)
                    .forEach(platforms::add);
        }
        return platforms;
    }

    private String signatures(ReleasedImage image, Digest digest) throws InterruptedException {
        Looked looked = attachments.look(image.staging(), digest);
        int count = looked.payloads().all().size() + looked.bundles().all().size();
        return count == 0
                ? "not signed"
                : count == 1 ? "1 signature or attestation" : count + " signatures and attestations";
    }
}
