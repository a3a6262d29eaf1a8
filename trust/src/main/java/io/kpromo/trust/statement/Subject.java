// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a statement is about.
///
/// @param name by which it is known; cosign's own statements have none
public record Subject(Optional<String> name, Digest digest) {
    public static Subject of(String name, Digest digest) {
        return new Subject(Optional.of(name), digest);
    }

    /// A subject for each digest that an image can have. Those of other kinds (of a commit, a tree, SHA-1) are left
    /// out, so there may be none.
    static List<Subject> read(Json json) {
        Optional<String> name = json.optionalText("name").filter(text -> !text.isEmpty());
        Optional<Json> digests = json.optionalObject("digest");
        if (digests.isEmpty()) {
            return List.of();
        }
        List<Subject> subjects = new ArrayList<>();
        for (String algorithm : List.of("sha256", "sha512")) {
            Optional<String> hex = digests.get().optionalText(algorithm);
            if (hex.isPresent()) {
                subjects.add(new Subject(name, digest(digests.get(), algorithm + ":" + hex.get())));
            }
        }
        return subjects;
    }

    private static Digest digest(Json where, String text) {
        try {
            return Digest.parse(text);
        } catch (InvalidNameException e) {
            throw where.wrong("holds no digest: " + e.getMessage());
        }
    }

    JsonNode json() {
        var json = JsonText.object();
        name.ifPresent(text -> json.put("name", text));
        Written.digest(json, digest);
        return json;
    }
}
