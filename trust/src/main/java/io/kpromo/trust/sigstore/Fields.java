// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object that is read strictly: what is missing, or of another type, is said with its place. Fields that
/// nobody asks for may hold anything.
///
/// @param place for messages: a file or a service, then the path within
public record Fields(JsonNode node, String place) {
    private static final int DEEPEST = 32;
    private static final int LARGEST = 32 * 1024 * 1024;
    private static final int MOST = 10_000;

    /// Built when the first is read.
    private static final class Mapper {
        static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .maxDocumentLength(LARGEST)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .build();
    }

    /// @param place where the bytes come from, for messages
    /// @throws TrustException where it is no JSON object, or too large or too deep
    public static Fields parse(Bytes json, String place) {
        try {
            JsonNode node = Mapper.JSON.readTree(json.array());
            if (!node.isObject()) {
                throw new TrustException(place + " is not a JSON object");
            }
            return new Fields(node, place);
        } catch (JacksonException e) {
            throw new TrustException(place + " is not JSON that can be read: " + e.getOriginalMessage(), e);
        }
    }

    public Fields object(String name) {
        return optional(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    public Optional<Fields> optional(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw wrong(name, "is not an object");
        }
        return Optional.of(new Fields(value, place + "." + name));
    }

    /// The objects of an array; none where it is missing.
    public List<Fields> list(String name) {
        JsonNode array = node.path(name);
        List<Fields> all = new ArrayList<>();
        if (array.isMissingNode() || array.isNull()) {
            return all;
        }
        if (!array.isArray() || array.size() > MOST) {
            throw wrong(name, "is not a list of at most " + MOST);
        }
        for (JsonNode value : array.values()) {
            String at = name + "[" + all.size() + "]";
            if (!value.isObject()) {
                throw wrong(at, "is not an object");
            }
            all.add(new Fields(value, place + "." + at));
        }
        return all;
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    public Optional<String> optionalText(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw wrong(name, "is not a text");
        }
        return Optional.of(value.asString());
    }

    public Bytes base64(String name) {
        try {
            return Bytes.ofBase64(text(name));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "is not base64");
        }
    }

    /// A number, or a text that is one, as proto-JSON writes it; 0 where it is missing.
    public long number(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        try {
            return value.isString() ? Long.parseLong(value.asString()) : value.asLong();
        } catch (NumberFormatException | JacksonException e) {
            throw wrong(name, "is not a whole number");
        }
    }

    public Optional<Instant> time(String name) {
        return optionalText(name).map(text -> {
            try {
                return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
            } catch (DateTimeParseException e) {
                throw wrong(name, "is not a time");
            }
        });
    }

    /// What to throw where this field is not as it has to be.
    public TrustException wrong(String name, String why) {
        return new TrustException(place + ": " + name + " " + why);
    }
}
