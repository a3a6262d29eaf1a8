// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.json;

import io.kpromo.trust.Bytes;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What JSON is read with, and written with: without spaces, names in the order they were added.
public final class JsonText {
    /// Bytes of the largest document that is read.
    public static final int LARGEST = 32 << 20;

    private static final int DEEPEST = 200;
    /// An empty value takes some 80 bytes of memory, whatever few it takes in the document.
    private static final long MOST_VALUES = 1_000_000;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_VALUES)
                            .maxStringLength(LARGEST)
                            .maxDocumentLength(LARGEST)
                            .build())
                    // Two readers could each take another one of them.
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static Bytes write(JsonNode node) {
        return Bytes.of(MAPPER.writeValueAsBytes(node));
    }
}
