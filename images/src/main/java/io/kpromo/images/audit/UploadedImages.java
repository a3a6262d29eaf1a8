// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.audit;

import io.kpromo.images.check.Promoted;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.run.Inventory;
import io.kpromo.images.run.Inventory.Held;
import io.kpromo.images.run.InventoryReader;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import io.kpromo.trust.inspect.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Images by the time of their upload, where a registry lists in Google's form: no other tells it.
///
/// Signatures, attestations and SBOMs are no images, under tags or as referrers; what lies below an index is
/// checked with it.
public final class UploadedImages {
    private final Registries registries;

    public UploadedImages(Registries registries) {
        this.registries = registries;
    }

    /// Those at or below a path that were uploaded in a span of time, the newest first. One request a repository;
    /// one more for each index and each untagged manifest of repositories that got something untagged in that
    /// time.
    ///
    /// @param from included
    /// @param to not included
    /// @throws OciException when a host does not tell when images were uploaded, or can't be read
    public List<Promoted> between(RegistryName area, Instant from, Instant to) throws InterruptedException {
        Inventory inventory = new InventoryReader(registries).read(area);
        if (!inventory.tagless().isEmpty()) {
            throw new OciException(area + " does not tell when images were uploaded: only registries that list in"
                    + " Google's form do; name the images that are to be checked");
        }
        Attachments attachments = new Attachments(registries);
        List<Promoted> all = new ArrayList<>();
        for (Map.Entry<Repository, Map<Digest, Held>> one :
                inventory.repositories().entrySet()) {
            all.addAll(within(one.getKey(), one.getValue(), attachments, from, to));
        }
        all.sort(Comparator.comparing((Promoted image) -> image.uploaded().orElse(Instant.EPOCH))
                .reversed()
                .thenComparing(image -> image.reference().toString()));
        return all;
    }

    private static List<Promoted> within(
            Repository repository, Map<Digest, Held> held, Attachments attachments, Instant from, Instant to)
            throws InterruptedException {
        Set<Digest> others = new HashSet<>();
        held.forEach((digest, manifest) -> {
            Instant uploaded = Instant.ofEpochMilli(manifest.uploaded());
            if (uploaded.isBefore(from) || !uploaded.isBefore(to)) {
                others.add(digest);
            }
        });
        if (others.size() == held.size()) {
            return List.of();
        }
        Attachments.Belongings belongings = attachments.of(repository, held, others);
        List<Promoted> images = new ArrayList<>();
        held.forEach((digest, manifest) -> {
            boolean tagged = manifest.tags().stream().anyMatch(tag -> !Audit.isAttachment(tag));
            boolean alone = manifest.tags().isEmpty() && !belongings.contains(digest);
            if (!others.contains(digest) && (tagged || alone)) {
                images.add(image(repository, digest, manifest));
            }
        });
        return images;
    }

    /// What was promoted with a tag is signed; everything that was promoted is recorded.
    private static Promoted image(Repository repository, Digest digest, Held held) {
        List<Tag> tags =
                held.tags().stream().filter(tag -> !Audit.isAttachment(tag)).toList();
        EnumSet<Requirement> required = EnumSet.of(Requirement.RECORD);
        if (!tags.isEmpty()) {
            required.add(Requirement.SIGNATURE);
        }
        return new Promoted(
                repository,
                digest,
                held.mediaType(),
                tags,
                Optional.of(Instant.ofEpochMilli(held.uploaded())),
                required);
    }
}
