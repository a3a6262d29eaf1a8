// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A request as a fake forge gets it.
///
/// @param path its parts, decoded
/// @param body its JSON; missing where it has none
@SuppressWarnings("ArrayRecordComponent")
public record Asked(
        String method,
        String target,
        List<String> path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] raw,
        JsonNode body) {
    /// Whether it has this method and path; `*` stands for one part, whatever it is.
    boolean is(String expected, String... parts) {
        if (!method.equals(expected) || path.size() != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].equals("*") && !parts[i].equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// The same with another path.
    Asked at(List<String> other) {
        return new Asked(method, target, other, query, headers, raw, body);
    }

    String text(String name) {
        return body.path(name).asString("");
    }

    String query(String name) {
        return query.getOrDefault(name, "");
    }

    int number(String name, int otherwise) {
        return query.containsKey(name) ? Integer.parseInt(query(name)) : otherwise;
    }
}
