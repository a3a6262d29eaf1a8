// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.artifact;

import io.kpromo.files.FileName;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidManifestException;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.copy.Artifacts.Blob;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The manifest of a file, in the layout that registry.k8s.io documents: an empty configuration, an artifact type
/// with a version, the file byte for byte as the only layer, and its name and SHA-512 as annotations of that. It
/// holds no time, so that the same file gives the same manifest.
final class FileArtifact {
    static final String TYPE = "application/vnd.kpromo.file.v1";
    static final String TITLE = "org.opencontainers.image.title";
    static final String SHA512 = "io.kpromo.file.sha512";
    private static final String VERSION = "org.opencontainers.image.version";

    private FileArtifact() {}

    static RawManifest manifest(FileName name, Place place, Blob content, Digest sha512) {
        String title = name.text().substring(name.text().lastIndexOf('/') + 1);
        Descriptor layer = content.descriptor(MediaTypes.OCTETS)
                .with(Optional.empty(), Map.of(TITLE, title, SHA512, sha512.hex()));
        return ManifestWriter.image(
                Optional.of(TYPE),
                Blob.EMPTY.descriptor(MediaTypes.EMPTY),
                List.of(layer),
                Optional.empty(),
                place.version().map(version -> Map.of(VERSION, version)).orElse(Map.of()));
    }

    /// The file that a manifest holds. One that holds no file, or several, is there as well: as itself, so that it
    /// is never taken for the right content.
    static StoredFile file(RawManifest raw) {
        Optional<Descriptor> layer = layer(raw);
        return new StoredFile(
                layer.map(Descriptor::size).orElse((long) raw.bytes().length),
                Optional.of(layer.map(Descriptor::digest).orElse(raw.digest())),
                Sums.none(),
                raw.digest().toString());
    }

    private static Optional<Descriptor> layer(RawManifest raw) {
        try {
            return Manifest.parse(raw) instanceof Manifest.Image image
                            && image.layers().size() == 1
                            && image.layers().getFirst().digest().algorithm() == Digest.Algorithm.SHA256
                    ? Optional.of(image.layers().getFirst())
                    : Optional.empty();
        } catch (InvalidManifestException e) {
            return Optional.empty();
        }
    }
}
