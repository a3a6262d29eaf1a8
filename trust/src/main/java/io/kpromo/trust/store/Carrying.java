// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.copy.Artifacts;
import io.kpromo.oci.copy.Artifacts.Blob;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.trust.store.Finding.Kind;
import java.util.List;

/// Brings what is attached to an image in one repository to another, byte for byte.
record Carrying(Artifacts artifacts, BlobIndex index, Reading reading, StoreLimits limits) {
    void bundle(AttachedBundle bundle, Repository into) throws InterruptedException {
        RawManifest raw = reading.manifest(bundle.where());
        Manifest.Image image = image(bundle.where(), bundle.subject(), raw);
        List<Blob> blobs = image.blobs().stream()
                .map(blob -> blob(bundle.repository(), blob))
                .toList();
        artifacts.attach(into, raw, blobs);
    }

    Blob blob(Repository from, Descriptor blob) {
        if (blob.digest().equals(Blob.EMPTY.digest())) {
            return Blob.EMPTY;
        }
        index.learned(blob.digest(), from);
        return new Blob(blob.digest(), blob.size(), new Once(reading, from, blob)::bytes);
    }

    /// The manifest of a bundle.
    static Manifest.Image image(ImageReference where, Digest subject, RawManifest raw) {
        if (!(Manifest.parse(raw) instanceof Manifest.Image image)) {
            throw new Reading.Refused(new Finding(Kind.MALFORMED, where, "it should have one layer, and is " + raw));
        }
        if (!image.subject().map(Descriptor::digest).filter(subject::equals).isPresent()) {
            throw new Reading.Refused(new Finding(
                    Kind.MALFORMED,
                    where,
                    "it is listed as referring to " + subject + ", and refers to "
                            + image.subject().map(s -> s.digest().toString()).orElse("nothing")));
        }
        if (image.layers().size() != 1) {
            throw new Reading.Refused(new Finding(
                    Kind.MALFORMED,
                    where,
                    "a bundle is one layer, and it has " + image.layers().size()));
        }
        return image;
    }

    /// Reads a blob when its bytes are needed, and not twice.
    private static final class Once {
        private final Reading reading;
        private final Repository from;
        private final Descriptor blob;
        private byte[] bytes = {};

        Once(Reading reading, Repository from, Descriptor blob) {
            this.reading = reading;
            this.from = from;
            this.blob = blob;
        }

        byte[] bytes() throws InterruptedException {
            if (bytes.length != blob.size()) {
                bytes = reading.blob(from, blob);
            }
            return bytes;
        }
    }
}
