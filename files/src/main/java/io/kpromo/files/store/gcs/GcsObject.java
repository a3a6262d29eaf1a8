// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An object as Google describes it (Cloud Storage JSON API, "Objects").
///
/// @param name its key
record GcsObject(String name, StoredFile file) {
    /// Where the SHA-256 is recorded, in hex.
    static final String RECORDED = "content-hash-sha256";

    /// What of an object is asked for.
    static final String FIELDS = "name,size,generation,md5Hash,crc32c,metadata";

    /// A thousand objects with what others may have recorded beside them.
    private static final int LARGEST = 16 << 20;

    /// Loaded with the first answer only.
    static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(16)
                                .maxDocumentLength(LARGEST)
                                .build())
                        .build())
                .build();

        private Json() {}
    }

    /// @throws IOException where it is no object of JSON
    static JsonNode json(InputStream body) throws IOException {
        try {
            JsonNode root = Json.MAPPER.readTree(body.readNBytes(LARGEST + 1));
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw new IOException("the answer is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IOException("the answer is not an object of JSON");
    }

    /// @throws IOException where it lacks what every object has
    static GcsObject read(JsonNode node) throws IOException {
        try {
            long size = Long.parseLong(node.path("size").asString(""));
            String generation = node.path("generation").asString("");
            if (generation.isEmpty() || !generation.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IOException("the answer describes an object without a generation");
            }
            Sums sums = new Sums(
                    Checksums.hex(node.path("md5Hash").asString("-"), 16),
                    Checksums.crc32c(node.path("crc32c").asString("-")));
            return new GcsObject(
                    node.path("name").asString(""), new StoredFile(size, recorded(node), sums, generation));
        } catch (NumberFormatException e) {
            throw new IOException("the answer describes an object without a size", e);
        }
    }

    /// Whatever the case of its name: what lies between may change that.
    private static Optional<Digest> recorded(JsonNode node) {
        for (Map.Entry<String, JsonNode> entry : node.path("metadata").properties()) {
            if (entry.getKey().equalsIgnoreCase(RECORDED)) {
                try {
                    return Optional.of(Digest.parse(
                            "sha256:" + entry.getValue().asString("").strip()));
                } catch (InvalidNameException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
