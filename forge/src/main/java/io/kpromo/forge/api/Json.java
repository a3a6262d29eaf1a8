// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.ForgeException;
import io.kpromo.oci.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as forges write and read it. What they send is bounded.
public final class Json {
    private static final long LARGEST = 256L << 20;
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxDocumentLength(LARGEST)
                            .build())
                    .build())
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// A value of an answer; empty for an answer without a body.
    public static Optional<JsonNode> read(Response response) throws IOException {
        try {
            JsonNode node = MAPPER.readTree(response.body());
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /// The members of a list, one after the other: a page of a hundred may have many megabytes.
    ///
    /// @param goOn gets each one, and says whether it wants more
    /// @return whether it wanted more to the end
    public static boolean each(InputStream list, Predicate<JsonNode> goOn) throws IOException {
        try (MappingIterator<JsonNode> members =
                MAPPER.readerFor(JsonNode.class).readValues(list)) {
            while (members.hasNextValue()) {
                if (!goOn.test(members.nextValue())) {
                    return false;
                }
            }
            return true;
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /// A body that broke off is asked for again; so is one that is no JSON, which proxies send now and then.
    private static IOException unreadable(JacksonException e) {
        return e.getCause() instanceof IOException broken
                ? broken
                : new IOException("the answer is not the JSON that it should be: " + e.getOriginalMessage(), e);
    }

    /// @throws ForgeException when there is none
    public static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isString()) {
            throw new ForgeException("the forge's answer has no " + name + ", which its documentation promises");
        }
        return value.asString();
    }

    /// Empty where it is missing or null.
    public static String textOrEmpty(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    /// @throws ForgeException when there is none
    public static long number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new ForgeException("the forge's answer has no " + name + ", which its documentation promises");
        }
        return value.asLong();
    }
}
