// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.RawManifest;
import io.kpromo.registry.sample.SampleBlob;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An image in a folder that other programs can push from. Image-spec 1.1, "Image Layout".
final class Layout {
    private Layout() {}

    /// @param tag by which the image is known in the layout
    static Path write(Path folder, SampleImage image, String tag) throws IOException {
        Path contents = Files.createDirectories(folder.resolve("blobs/sha256"));
        for (SampleBlob blob : image.blobs()) {
            Files.write(contents.resolve(blob.digest().hex()), blob.bytes());
        }
        for (RawManifest manifest : image.manifests()) {
            Files.write(contents.resolve(manifest.digest().hex()), manifest.bytes());
        }
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Descriptor root = image.root().descriptor();
        Files.writeString(
                folder.resolve("index.json"), """
                {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":%d,                "annotations":{"org.opencontainers.image.ref.name":"%s"}}]}""".formatted(root.mediaType(), root.digest(), root.size(), tag));
        return folder;
    }
}
