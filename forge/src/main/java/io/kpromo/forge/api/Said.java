// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.oci.http.Redact;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a forge says of a refusal, on one line: GitHub, GitLab and Gitea each have their own forms for it.
final class Said {
    private Said() {}

    static String of(String body) {
        try {
            Set<String> words = new LinkedHashSet<>();
            collect(Json.MAPPER.readTree(body), "", words);
            return Redact.said(String.join("; ", words), Optional.empty());
        } catch (JacksonException notJson) {
            return body.stripLeading().startsWith("<") ? "(a page in HTML)" : Redact.said(body, Optional.empty());
        }
    }

    private static void collect(JsonNode node, String field, Set<String> words) {
        if (node.isString()) {
            words.add(field.isEmpty() ? node.asString() : field + ": " + node.asString());
        } else if (node.isArray()) {
            node.forEach(one -> collect(one, field, words));
        } else if (!node.isObject()) {
            // A number, or nothing.
            return;
        } else if (node.has("field") || node.has("code")) {
            // GitHub's validation errors: {"resource": "Issue", "field": "title", "code": "missing_field"}.
            String what = node.path("resource").asString("") + " "
                    + node.path("field").asString("");
            words.add((what.strip() + " " + node.path("code").asString("")).strip());
            collect(node.path("message"), "", words);
        } else {
            for (String key : new String[] {"message", "error", "error_description", "errors"}) {
                collect(node.path(key), field, words);
            }
            // GitLab's: {"message": {"title": ["can't be blank"]}}.
            if (!node.has("message") && !node.has("error")) {
                node.properties().forEach(entry -> collect(entry.getValue(), entry.getKey(), words));
            }
        }
    }
}
