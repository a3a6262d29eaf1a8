// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.registry.sample.SampleBlob;
import io.kpromo.registry.sample.SampleImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Contents that [io.kpromo.registry.sample.SampleImage] does not make.
final class HandMade {
    private HandMade() {}

    static RawManifest index(Descriptor... children) {
        StringBuilder text = new StringBuilder("{\"schemaVersion\":2,\"mediaType\":\"")
                .append(MediaTypes.OCI_INDEX)
                .append("\",\"manifests\":[");
        String comma = "";
        for (Descriptor child : children) {
            text.append(comma)
                    .append("{\"mediaType\":\"")
                    .append(child.mediaType())
                    .append("\",\"digest\":\"")
                    .append(child.digest())
                    .append("\",\"size\":")
                    .append(child.size())
                    .append('}');
            comma = ",";
        }
        return RawManifest.of(MediaTypes.OCI_INDEX, text.append("]}").toString().getBytes(StandardCharsets.UTF_8));
    }

    /// An image whose manifest is wrong about the size of its only layer.
    static SampleImage lying(SampleBlob layer, long size) {
        SampleBlob config = new SampleBlob(
                new Descriptor(MediaTypes.EMPTY, Digest.sha256(new byte[] {'{', '}'}), 2),
                () -> new ByteArrayInputStream(new byte[] {'{', '}'}));
        String text = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\",\"config\":{\"mediaType\":\""
                + MediaTypes.EMPTY + "\",\"digest\":\"" + config.digest()
                + "\",\"size\":2},\"layers\":[{\"mediaType\":\"" + MediaTypes.OCI_LAYER_GZIP + "\",\"digest\":\""
                + layer.digest() + "\",\"size\":" + size + "}]}";
        return new SampleImage(
                List.of(config, layer),
                List.of(RawManifest.of(MediaTypes.OCI_MANIFEST, text.getBytes(StandardCharsets.UTF_8))));
    }
}
