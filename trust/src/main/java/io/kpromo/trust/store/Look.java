// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Referrers;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.trust.store.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what is attached to an image.
record Look(Registries registries, BlobIndex index, Reading reading, StoreLimits limits) {
    /// Bundles of all versions and nothing else: SBOMs and the like may refer to an image as well.
    private static final String BUNDLES = "application/vnd.dev.sigstore.bundle";

    /// What refers to an image.
    ///
    /// @param others what is no bundle, as much of it as is looked at
    record Referring(Attached<AttachedBundle> bundles, List<Descriptor> others) {}

    Referring referring(Repository repository, Digest subject) throws InterruptedException {
        ImageReference where = repository.at(Referrers.tag(subject));
        return switch (reading.attempt(
                where, () -> registries.referrers().list(repository, subject, Optional.empty()))) {
            case Loaded.Broken<List<Descriptor>>(Finding finding) -> new Referring(Attached.lost(finding), List.of());
            case Loaded.Whole<List<Descriptor>>(List<Descriptor> all) ->
                new Referring(
                        limited(
                                where,
                                all.stream()
                                        .filter(Look::isBundle)
                                        .map(found -> new AttachedBundle(repository, subject, found))
                                        .toList()),
                        all.stream()
                                .filter(found -> !isBundle(found))
                                .limit(limits.items())
                                .toList());
        };
    }

    /// Clients that keep the referrers tag themselves may leave the type of artifact out.
    private static boolean isBundle(Descriptor referrer) {
        return referrer.artifactType().map(type -> type.startsWith(BUNDLES)).orElse(false)
                || (referrer.artifactType().isEmpty() && referrer.annotations().containsKey(AttachedBundle.CONTENT));
    }

    /// The layers of this type in the manifest under a tag.
    Attached<AttachedPayload> layers(ImageReference tag, Digest subject, String mediaType) throws InterruptedException {
        Repository repository = tag.repository();
        return switch (reading.attempt(tag, () -> read(tag))) {
            case Loaded.Broken<Optional<Manifest.Image>>(Finding finding) -> Attached.lost(finding);
            case Loaded.Whole<Optional<Manifest.Image>>(Optional<Manifest.Image> found) -> {
                List<Descriptor> layers = found.map(Manifest.Image::layers).orElse(List.of());
                yield limited(
                        tag,
                        layers.stream()
                                .filter(layer -> layer.mediaType().equals(mediaType))
                                .map(layer -> new AttachedPayload(repository, subject, layer))
                                .toList());
            }
        };
    }

    private Optional<Manifest.Image> read(ImageReference tag) throws InterruptedException {
        Optional<RawManifest> raw = registries.manifests().get(tag);
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        if (!(Manifest.parse(raw.get()) instanceof Manifest.Image image)) {
            throw new Reading.Refused(new Finding(Kind.MALFORMED, tag, "it should have layers, and is " + raw.get()));
        }
        image.config().ifPresent(config -> index.learned(config.digest(), tag.repository()));
        return Optional.of(image);
    }

    private <T> Attached<T> limited(ImageReference where, List<T> all) {
        if (all.size() <= limits.items()) {
            return Attached.of(all);
        }
        List<T> first = new ArrayList<>(all.subList(0, limits.items()));
        return new Attached<>(
                first,
                List.of(new Finding(
                        Kind.TOO_MUCH,
                        where,
                        all.size() + " of them are attached; only the first " + limits.items() + " are looked at")));
    }
}
