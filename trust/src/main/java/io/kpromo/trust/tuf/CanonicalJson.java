// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.tuf;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// JSON in the one form that signatures of TUF metadata are over: names in order, no spaces, and nothing escaped
/// but quotes and backslashes. OLPC's "Canonical JSON".
final class CanonicalJson {
    private CanonicalJson() {}

    /// @throws io.kpromo.trust.TrustException where it holds numbers that are not whole
    static Bytes write(Json json) {
        StringBuilder text = new StringBuilder();
        write(json, json.node(), text);
        return Bytes.of(text.toString());
    }

    private static void write(Json whole, JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
            String comma = "{";
            for (Map.Entry<String, JsonNode> property : sorted.entrySet()) {
                quote(property.getKey(), text.append(comma));
                write(whole, property.getValue(), text.append(':'));
                comma = ",";
            }
            text.append(sorted.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            text.append('[');
            for (Iterator<JsonNode> each = node.values().iterator(); each.hasNext(); ) {
                write(whole, each.next(), text);
                text.append(each.hasNext() ? "," : "");
            }
            text.append(']');
        } else if (node.isString()) {
            quote(node.asString(), text);
        } else if (node.isIntegralNumber() || node.isBoolean() || node.isNull()) {
            text.append(node.asString());
        } else {
            throw whole.wrong("holds a number that is not whole");
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"')
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }
}
