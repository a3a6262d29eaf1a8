// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The list under a referrers tag, with entries added. Distribution-spec 1.1, "Referrers tag schema".
///
/// What others wrote stays as it is, whether we know its fields or not.
record ReferrersIndex(Manifests manifests, ImageReference tag, List<Descriptor> added) implements SharedTags.Addition {
    /// Numbers are written as they were read.
    private static final JsonMapper JSON = Pages.JSON
            .rebuild()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Override
    public Optional<RawManifest> to(Optional<RawManifest> now) {
        ObjectNode index = now.isPresent() ? existing(now.get()) : empty();
        String mediaType =
                now.map(RawManifest::mediaType).filter(MediaTypes::isIndex).orElse(MediaTypes.OCI_INDEX);
        ArrayNode entries = index.withArray("manifests");
        Set<String> known = new HashSet<>();
        entries.forEach(entry -> known.add(entry.path("digest").asString("")));
        boolean changed = false;
        for (Descriptor descriptor : added) {
            if (known.add(descriptor.digest().toString())) {
                entries.add(ManifestWriter.json(descriptor));
                changed = true;
            }
        }
        if (!changed) {
            return Optional.empty();
        }
        byte[] bytes = JSON.writeValueAsBytes(index);
        if (bytes.length > Manifest.LARGEST) {
            throw new OciException("add to " + tag + ": the list of referrers would become larger than "
                    + Manifest.LARGEST + " bytes, which registries need not take; remove some first");
        }
        return Optional.of(RawManifest.of(mediaType, bytes));
    }

    @Override
    public void write(RawManifest next) throws InterruptedException {
        manifests.put(tag, next);
    }

    /// Distribution-spec 1.1: where the tag holds no valid index, the client must report a failure and stop.
    private ObjectNode existing(RawManifest now) {
        if (!(Manifest.parse(now) instanceof Manifest.Index)) {
            throw notAnIndex(tag, now);
        }
        return (ObjectNode) JSON.readTree(now.bytes());
    }

    static OciException notAnIndex(ImageReference tag, RawManifest now) {
        return new OciException("read " + tag + ": this tag is where a registry without the referrers API lists "
                + "what refers to an image, and it holds " + now + ", no index; move that tag away");
    }

    private static ObjectNode empty() {
        ObjectNode index = JSON.createObjectNode();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaTypes.OCI_INDEX);
        index.putArray("manifests");
        return index;
    }
}
