// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads manifests of every kind. What is hostile (huge, deep, of wrong types) ends as an
/// [InvalidManifestException].
final class ManifestReader {
    private static final int DEEPEST = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxDocumentLength(Manifest.LARGEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final RawManifest raw;

    private ManifestReader(RawManifest raw) {
        this.raw = raw;
    }

    static Manifest read(RawManifest raw) {
        return new ManifestReader(raw).read();
    }

    private Manifest read() {
        if (raw.bytes().length > Manifest.LARGEST) {
            throw wrong("it has " + raw.bytes().length + " bytes, more than " + Manifest.LARGEST);
        }
        JsonNode root = root();
        String mediaType = mediaType(root);
        if (isSchema1(root)) {
            // What some would read as an image and others as schema 1 would arrive without its layers.
            if (!MediaTypes.isSchema1(mediaType) || root.has("layers") || root.has("config") || root.has("manifests")) {
                throw wrong("it is schema 1 and calls itself " + mediaType + ", or holds what schema 1 doesn't");
            }
            return new Manifest.Schema1(mediaType, schema1Layers(root));
        }
        if (MediaTypes.isSchema1(mediaType)) {
            throw wrong("it is called " + mediaType + " and is not schema 1");
        }
        if (MediaTypes.isIndex(mediaType)) {
            if (root.has("layers") || root.has("config")) {
                throw wrong("it is called " + mediaType + " and holds layers");
            }
            return new Manifest.Index(
                    mediaType,
                    descriptors(root, "manifests"),
                    subject(root),
                    text(root, "artifactType"),
                    annotations(root));
        }
        if (root.has("manifests")) {
            throw wrong("it is called " + mediaType + " and holds manifests");
        }
        boolean artifact = mediaType.equals(MediaTypes.OCI_ARTIFACT);
        Optional<Descriptor> config =
                artifact ? Optional.empty() : Optional.of(descriptor(object(root, "config"), "config"));
        return new Manifest.Image(
                mediaType,
                config,
                descriptors(root, artifact ? "blobs" : "layers"),
                subject(root),
                text(root, "artifactType"),
                annotations(root));
    }

    private JsonNode root() {
        try {
            JsonNode root = JSON.readTree(raw.bytes());
            if (root == null || !root.isObject()) {
                throw wrong("it is not a JSON object");
            }
            return root;
        } catch (JacksonException e) {
            throw new InvalidManifestException(raw.digest(), "it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// The body's own word counts; without one, what the registry said; without a useful one, the shape.
    private String mediaType(JsonNode root) {
        Optional<String> own = text(root, "mediaType");
        if (own.isPresent()) {
            return own.get();
        }
        if (MediaTypes.MANIFESTS.contains(raw.mediaType())) {
            return raw.mediaType();
        }
        if (isSchema1(root)) {
            return root.has("signatures") ? MediaTypes.DOCKER_SCHEMA1_SIGNED : MediaTypes.DOCKER_SCHEMA1;
        }
        return root.has("manifests") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
    }

    private static boolean isSchema1(JsonNode root) {
        return root.path("schemaVersion").asInt(0) == 1;
    }

    private List<Descriptor> schema1Layers(JsonNode root) {
        Map<Digest, Descriptor> layers = new LinkedHashMap<>();
        for (JsonNode layer : array(root, "fsLayers")) {
            Digest digest = digest(layer.path("blobSum"), "fsLayers[].blobSum");
            layers.put(digest, new Descriptor(MediaTypes.OCTETS, digest, -1));
        }
        return List.copyOf(layers.values());
    }

    private List<Descriptor> descriptors(JsonNode root, String field) {
        List<Descriptor> all = new ArrayList<>();
        for (JsonNode node : array(root, field)) {
            all.add(descriptor(node, field));
        }
        return List.copyOf(all);
    }

    private Optional<Descriptor> subject(JsonNode root) {
        JsonNode subject = root.path("subject");
        return subject.isMissingNode() || subject.isNull()
                ? Optional.empty()
                : Optional.of(descriptor(subject, "subject"));
    }

    private Descriptor descriptor(JsonNode node, String field) {
        if (!node.isObject()) {
            throw wrong(field + " is not a descriptor");
        }
        JsonNode size = node.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 0) {
            throw wrong(field + " has no size");
        }
        List<String> urls = new ArrayList<>();
        for (JsonNode url : array(node, "urls")) {
            urls.add(url.asString(""));
        }
        return new Descriptor(
                text(node, "mediaType").orElse(MediaTypes.OCTETS),
                digest(node.path("digest"), field + ".digest"),
                size.asLong(),
                platform(node.path("platform")),
                text(node, "artifactType"),
                urls,
                annotations(node));
    }

    private Optional<Platform> platform(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Platform(
                text(node, "os").orElse("unknown"),
                text(node, "architecture").orElse("unknown"),
                text(node, "variant").filter(v -> !v.isEmpty()),
                text(node, "os.version").filter(v -> !v.isEmpty())));
    }

    private Map<String, String> annotations(JsonNode node) {
        JsonNode all = node.path("annotations");
        Map<String, String> map = new LinkedHashMap<>();
        if (all.isObject()) {
            all.properties()
                    .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString("")));
        }
        return map;
    }

    private JsonNode object(JsonNode root, String field) {
        JsonNode node = root.path(field);
        if (!node.isObject()) {
            throw wrong("it has no " + field);
        }
        return node;
    }

    private Iterable<JsonNode> array(JsonNode root, String field) {
        JsonNode node = root.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw wrong(field + " is not a list");
        }
        return node.values();
    }

    private Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() && !value.asString().isEmpty() ? Optional.of(value.asString()) : Optional.empty();
    }

    private Digest digest(JsonNode node, String where) {
        try {
            return Digest.parse(node.asString(""));
        } catch (InvalidNameException e) {
            throw new InvalidManifestException(raw.digest(), where + ": " + e.getMessage(), e);
        }
    }

    private InvalidManifestException wrong(String what) {
        return new InvalidManifestException(raw.digest(), what);
    }
}
