// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes manifests of our own: the same arguments give the same bytes. Image-spec 1.1, "Image Manifest",
/// "Guidelines for Artifact Usage".
public final class ManifestWriter {
    /// Numbers are written as they were read.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ManifestWriter() {}

    /// An OCI image manifest.
    ///
    /// @param artifactType what kind of artifact it is; empty for images and what is shaped like one
    /// @param subject what it refers to
    public static RawManifest image(
            Optional<String> artifactType,
            Descriptor config,
            List<Descriptor> layers,
            Optional<Descriptor> subject,
            Map<String, String> annotations) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MediaTypes.OCI_MANIFEST);
        artifactType.ifPresent(type -> manifest.put("artifactType", type));
        manifest.set("config", json(config));
        ArrayNode all = manifest.putArray("layers");
        layers.forEach(layer -> all.add(json(layer)));
        subject.ifPresent(whom -> manifest.set("subject", json(whom)));
        annotate(manifest, annotations);
        return RawManifest.of(MediaTypes.OCI_MANIFEST, JSON.writeValueAsBytes(manifest));
    }

    /// An OCI index.
    public static RawManifest index(List<Descriptor> manifests) {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode all = index.putArray("manifests");
        manifests.forEach(manifest -> all.add(json(manifest)));
        return RawManifest.of(MediaTypes.OCI_INDEX, JSON.writeValueAsBytes(index));
    }

    /// A manifest with more in one of its lists. All else stays as it is, whether we know the fields or not.
    ///
    /// @param now a manifest that [Manifest#parse] takes
    /// @param list `manifests` or `layers`
    public static RawManifest append(RawManifest now, String list, List<Descriptor> more) {
        ObjectNode manifest = (ObjectNode) JSON.readTree(now.bytes());
        ArrayNode all = manifest.withArray(list);
        more.forEach(descriptor -> all.add(json(descriptor)));
        return RawManifest.of(now.mediaType(), JSON.writeValueAsBytes(manifest));
    }

    /// A descriptor as manifests hold it, without platform and URLs.
    private static ObjectNode json(Descriptor descriptor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("mediaType", descriptor.mediaType());
        json.put("digest", descriptor.digest().toString());
        json.put("size", descriptor.size());
        descriptor.artifactType().ifPresent(type -> json.put("artifactType", type));
        annotate(json, descriptor.annotations());
        return json;
    }

    private static void annotate(ObjectNode json, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            ObjectNode all = json.putObject("annotations");
            new TreeMap<>(annotations).forEach(all::put);
        }
    }
}
