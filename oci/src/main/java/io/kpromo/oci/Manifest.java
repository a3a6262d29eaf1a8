// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a manifest points to. Read it with [#parse].
public sealed interface Manifest permits Manifest.Image, Manifest.Index, Manifest.Schema1 {
    /// The largest manifest that is read, in bytes: what distribution-spec 1.1 asks registries to take.
    int LARGEST = 4 << 20;

    /// The contents that must be in the repository before this manifest, without those that are not distributable.
    List<Descriptor> blobs();

    /// The manifests that must be in the repository before this one.
    List<Descriptor> manifests();

    /// An image or artifact: image-spec 1.1 manifest, docker schema 2, or the retired artifact manifest.
    ///
    /// @param config the configuration; absent in the retired artifact manifest
    /// @param layers in order, foreign ones included
    /// @param subject what it refers to; need not exist
    record Image(
            String mediaType,
            Optional<Descriptor> config,
            List<Descriptor> layers,
            Optional<Descriptor> subject,
            Optional<String> artifactType,
            Map<String, String> annotations)
            implements Manifest {
        @Override
        public List<Descriptor> blobs() {
            return Stream.concat(
                            config.stream(),
                            layers.stream().filter(layer -> !MediaTypes.isForeignLayer(layer.mediaType())))
                    .toList();
        }

        @Override
        public List<Descriptor> manifests() {
            return List.of();
        }
    }

    /// An index or manifest list; nests.
    record Index(
            String mediaType,
            List<Descriptor> manifests,
            Optional<Descriptor> subject,
            Optional<String> artifactType,
            Map<String, String> annotations)
            implements Manifest {
        @Override
        public List<Descriptor> blobs() {
            return List.of();
        }
    }

    /// Docker schema 1, signed or not: layers by digest alone, without sizes.
    record Schema1(String mediaType, List<Descriptor> blobs) implements Manifest {
        @Override
        public List<Descriptor> manifests() {
            return List.of();
        }
    }

    /// What the body says, whatever the `Content-Type` claimed where the two agree on the kind.
    ///
    /// @throws InvalidManifestException when it is no manifest, too large, too deep, or points to
    ///     something unreadable
    static Manifest parse(RawManifest raw) {
        return ManifestReader.read(raw);
    }
}
