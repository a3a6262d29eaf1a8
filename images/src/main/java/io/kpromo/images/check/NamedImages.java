// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.check;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.trust.inspect.Requirement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Images that somebody has named. They have to be signed and recorded.
public final class NamedImages {
    private static final Set<Requirement> BOTH = EnumSet.of(Requirement.SIGNATURE, Requirement.RECORD);

    private final Registries registries;

    public NamedImages(Registries registries) {
        this.registries = registries;
    }

    /// Each digest once a repository, in their order. One request for each.
    ///
    /// @param atOnce requests at the same time, 1 or more
    /// @throws OciException when one is not there, or its registry does not tell
    public List<Promoted> find(List<ImageReference> images, int atOnce) throws InterruptedException {
        Map<ImageReference, Promoted> found = new ConcurrentHashMap<>();
        List<ImageReference> distinct = images.stream().distinct().toList();
        Workers.each(distinct, atOnce, image -> found.put(image, find(image)));
        return distinct.stream()
                .flatMap(image -> Optional.ofNullable(found.get(image)).stream())
                .toList();
    }

    private Promoted find(ImageReference image) throws InterruptedException {
        Descriptor manifest = registries.manifests().head(image).orElseThrow(() -> Verification.missing(image));
        List<Tag> tags = image.reference() instanceof Tag tag ? List.of(tag) : List.of();
        return new Promoted(image.repository(), manifest.digest(), manifest.mediaType(), tags, Optional.empty(), BOTH);
    }
}
