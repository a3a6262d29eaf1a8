// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.sample;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.RawManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Writes manifests and configurations, field by field in a fixed order, so that digests stay.
final class ManifestText {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ManifestText() {}

    static RawManifest image(
            String mediaType,
            Optional<String> artifactType,
            Descriptor config,
            List<Descriptor> layers,
            Optional<Descriptor> subject,
            Map<String, String> annotations) {
        Map<String, Object> root = begin(mediaType);
        artifactType.ifPresent(type -> root.put("artifactType", type));
        root.put("config", descriptor(config));
        root.put("layers", layers.stream().map(ManifestText::descriptor).toList());
        return finish(mediaType, root, subject, annotations);
    }

    static RawManifest index(
            String mediaType,
            List<Map<String, Object>> children,
            Optional<Descriptor> subject,
            Map<String, String> annotations) {
        Map<String, Object> root = begin(mediaType);
        root.put("manifests", children);
        return finish(mediaType, root, subject, annotations);
    }

    private static Map<String, Object> begin(String mediaType) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schemaVersion", 2);
        root.put("mediaType", mediaType);
        return root;
    }

    private static RawManifest finish(
            String mediaType, Map<String, Object> root, Optional<Descriptor> subject, Map<String, String> annotations) {
        subject.ifPresent(descriptor -> root.put("subject", descriptor(descriptor)));
        if (!annotations.isEmpty()) {
            root.put("annotations", annotations);
        }
        return RawManifest.of(mediaType, json(root));
    }

    static byte[] json(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    static Map<String, Object> descriptor(Descriptor descriptor) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mediaType", descriptor.mediaType());
        fields.put("digest", descriptor.digest().toString());
        fields.put("size", descriptor.size());
        return fields;
    }

    static Map<String, Object> platform(String text) {
        String[] parts = text.split("/", 3);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("os", parts[0]);
        fields.put("architecture", parts[1]);
        if (parts.length > 2) {
            fields.put("variant", parts[2]);
        }
        return fields;
    }

    /// An image's configuration. The seed makes it its own even where all layers are shared.
    static byte[] config(String platform, long seed, List<SampleBlob> layers) {
        Map<String, Object> root = new LinkedHashMap<>(platform(platform));
        root.put("created", "2026-11-01T00:00:00Z");
        root.put("author", "sample " + seed);
        root.put("config", Map.of());
        List<String> unpacked = new ArrayList<>();
        layers.forEach(layer -> unpacked.add(LayerArchive.unpackedDigest(layer).toString()));
        Map<String, Object> rootFs = new LinkedHashMap<>();
        rootFs.put("type", "layers");
        rootFs.put("diff_ids", unpacked);
        root.put("rootfs", rootFs);
        return json(root);
    }
}
