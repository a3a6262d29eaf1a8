// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.sample;

import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What else registries hold besides images.
final class SampleArtifacts {
    private static final byte[] EMPTY_CONFIG = "{}".getBytes(StandardCharsets.US_ASCII);

    private SampleArtifacts() {}

    static SampleImage indexOf(List<SampleImage> parts) {
        List<SampleBlob> blobs = new ArrayList<>();
        List<RawManifest> manifests = new ArrayList<>();
        List<Map<String, Object>> children = new ArrayList<>();
        for (SampleImage part : parts) {
            blobs.addAll(part.blobs());
            manifests.addAll(part.manifests());
            children.add(ManifestText.descriptor(part.root().descriptor()));
        }
        manifests.add(ManifestText.index(MediaTypes.OCI_INDEX, children, Optional.empty(), Map.of()));
        return new SampleImage(blobs, manifests);
    }

    static SampleImage artifact(String artifactType, Optional<RawManifest> subject) {
        SampleBlob config = SampleBlob.of(MediaTypes.EMPTY, EMPTY_CONFIG);
        SampleBlob blob = SampleBlob.random(artifactType, 500, artifactType.hashCode());
        RawManifest manifest = ManifestText.image(
                MediaTypes.OCI_MANIFEST,
                Optional.of(artifactType),
                config.descriptor(),
                List.of(blob.descriptor()),
                subject.map(RawManifest::descriptor),
                Map.of("org.example.kind", "sample"));
        return new SampleImage(List.of(config, blob), List.of(manifest));
    }

    static SampleImage helmChart(String name, String version) {
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("apiVersion", "v2");
        chart.put("name", name);
        chart.put("version", version);
        SampleBlob config = SampleBlob.of("application/vnd.cncf.helm.config.v1+json", ManifestText.json(chart));
        SampleBlob archive = SampleBlob.of(
                "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
                new LayerArchive(name + "/values.yaml", (name + version).hashCode(), 300).bytes());
        RawManifest manifest = ManifestText.image(
                MediaTypes.OCI_MANIFEST,
                Optional.empty(),
                config.descriptor(),
                List.of(archive.descriptor()),
                Optional.empty(),
                Map.of("org.opencontainers.image.title", name, "org.opencontainers.image.version", version));
        return new SampleImage(List.of(config, archive), List.of(manifest));
    }

    static SampleImage schema1(String name, boolean signed) {
        List<SampleBlob> layers = new ArrayList<>();
        List<Map<String, Object>> fsLayers = new ArrayList<>();
        List<Map<String, Object>> history = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            SampleBlob layer = SampleBlob.random(MediaTypes.OCTETS, 700, name.hashCode() * 31L + i);
            layers.add(layer);
            fsLayers.add(Map.of("blobSum", layer.digest().toString()));
            history.add(Map.of("v1Compatibility", "{\"id\":\"" + layer.digest().hex() + "\"}"));
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schemaVersion", 1);
        root.put("name", name);
        root.put("tag", "latest");
        root.put("architecture", "amd64");
        root.put("fsLayers", fsLayers);
        root.put("history", history);
        if (signed) {
            root.put("signatures", List.of(signature(name)));
        }
        String type = signed ? MediaTypes.DOCKER_SCHEMA1_SIGNED : MediaTypes.DOCKER_SCHEMA1;
        return new SampleImage(layers, List.of(RawManifest.of(type, ManifestText.json(root))));
    }

    /// Of the right shape; it proves nothing.
    private static Map<String, Object> signature(String name) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("header", Map.of("alg", "ES256"));
        fields.put("signature", text);
        fields.put("protected", text);
        return fields;
    }
}
