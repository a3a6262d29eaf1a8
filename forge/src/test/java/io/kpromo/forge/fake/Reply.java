// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a fake forge answers.
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, String type, byte[] body, Map<String, String> headers) {
    static Reply json(int status, JsonNode body) {
        return new Reply(
                status,
                "application/json; charset=utf-8",
                body.toString().getBytes(StandardCharsets.UTF_8),
                new LinkedHashMap<>());
    }

    static Reply ok(JsonNode body) {
        return json(200, body);
    }

    static Reply created(JsonNode body) {
        return json(201, body);
    }

    static Reply nothing() {
        return new Reply(204, "", new byte[0], new LinkedHashMap<>());
    }

    static Reply refused(int status, String message) {
        return json(status, JsonNodeFactory.instance.objectNode().put("message", message));
    }

    static Reply missing() {
        return refused(404, "Not Found");
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, type, body, more);
    }
}
