// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.check;

import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.inspect.Expectation;
import io.kpromo.trust.inspect.Inspector;
import io.kpromo.trust.inspect.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Verifies images as a consumer does: just those that were named, and nothing below an index.
public final class Verification {
    private final Registries registries;
    private final Inspector inspector;
    private final ExpectedIdentity expected;
    private final Function<Repository, String> names;

    /// @param names of images, by where they are pulled from
    public Verification(
            Registries registries, Inspector inspector, ExpectedIdentity expected, Function<Repository, String> names) {
        this.registries = registries;
        this.inspector = inspector;
        this.expected = expected;
        this.names = names;
    }

    /// All of them, side by side, in the same order. One request each to learn the digest, and those of
    /// [Inspector#require]. What fails is part of the answer, not an exception.
    ///
    /// @param atOnce images at the same time, 1 or more
    public List<VerifiedImage> verify(List<ImageReference> images, Set<Requirement> required, int atOnce)
            throws InterruptedException {
        Map<ImageReference, VerifiedImage> verified = new ConcurrentHashMap<>();
        List<ImageReference> distinct = images.stream().distinct().toList();
        Workers.each(distinct, atOnce, image -> verified.put(image, verify(image, required)));
        return distinct.stream()
                .flatMap(image -> Optional.ofNullable(verified.get(image)).stream())
                .toList();
    }

    private VerifiedImage verify(ImageReference image, Set<Requirement> required) throws InterruptedException {
        String name = names.apply(image.repository());
        Optional<Digest> digest = Optional.empty();
        try {
            digest = Optional.of(digest(registries, image));
            return new VerifiedImage(
                    image,
                    digest,
                    name,
                    inspector.require(image.repository(), digest.get(), required, new Expectation(expected, name)),
                    Optional.empty());
        } catch (OciException e) {
            return new VerifiedImage(image, digest, name, Map.of(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /// The digest of an image, which has to be there. One request.
    ///
    /// @throws OciException when it is not there, or the registry does not tell
    public static Digest digest(Registries registries, ImageReference image) throws InterruptedException {
        return registries
                .manifests()
                .head(image)
                .orElseThrow(() -> missing(image))
                .digest();
    }

    /// The same image, by its digest.
    public static ImageReference exactly(ImageReference image, Digest digest) {
        return image.repository().at(digest);
    }

    static OciException missing(ImageReference image) {
        return new OciException("no image " + image + "; is its name right, and may this account read it?");
    }
}
