// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.http.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Answers in JSON.
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static Answer answer(String contentType, Object value) {
        return Answer.of(200, contentType, MAPPER.writeValueAsBytes(value));
    }

    static Answer answer(Object value) {
        return answer("application/json", value);
    }

    /// Fields in this order, so that the same question always has the same answer.
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    /// Distribution-spec 1.1, "Error Codes".
    static Answer error(int status, String code, String message) {
        Object body = object("errors", List.of(object("code", code, "message", message, "detail", Map.of())));
        return Answer.of(status, "application/json", MAPPER.writeValueAsBytes(body));
    }
}
