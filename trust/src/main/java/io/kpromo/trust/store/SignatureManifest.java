// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.client.SharedTags;
import io.kpromo.oci.copy.Artifacts;
import io.kpromo.oci.copy.Artifacts.Blob;
import io.kpromo.trust.TrustException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The manifest under a `.sig` tag, with layers added. What others wrote stays as it is.
///
/// @param added layers, in order
/// @param blobs their contents, and the empty configuration
record SignatureManifest(Artifacts artifacts, ImageReference tag, List<Descriptor> added, List<Blob> blobs)
        implements SharedTags.Addition {
    @Override
    public Optional<RawManifest> to(Optional<RawManifest> now) {
        if (now.isPresent()) {
            return extended(now.get());
        }
        return added.isEmpty() ? Optional.empty() : Optional.of(fresh());
    }

    @Override
    public void write(RawManifest next) throws InterruptedException {
        artifacts.write(tag, next, blobs);
    }

    private RawManifest fresh() {
        return ManifestWriter.image(
                Optional.empty(), Blob.EMPTY.descriptor(MediaTypes.OCI_CONFIG), added, Optional.empty(), Map.of());
    }

    private Optional<RawManifest> extended(RawManifest now) {
        if (!(Manifest.parse(now) instanceof Manifest.Image image)) {
            throw new TrustException(
                    "add signatures to " + tag + ": it should have layers, and is " + now + "; move that tag away");
        }
        List<Descriptor> missing = new ArrayList<>(added);
        missing.removeIf(layer -> image.layers().stream().anyMatch(there -> same(there, layer)));
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        RawManifest next = ManifestWriter.append(now, "layers", missing);
        if (next.bytes().length > Manifest.LARGEST) {
            throw new TrustException("add signatures to " + tag + ": with them the manifest would be larger than "
                    + Manifest.LARGEST + " bytes, which registries need not take; remove some first");
        }
        return Optional.of(next);
    }

    /// The same signature of the same payload. What else proves it may have been added later.
    static boolean same(Descriptor a, Descriptor b) {
        return a.digest().equals(b.digest())
                && Optional.ofNullable(a.annotations().get(SignedPayload.SIGNATURE))
                        .equals(Optional.ofNullable(b.annotations().get(SignedPayload.SIGNATURE)));
    }
}
