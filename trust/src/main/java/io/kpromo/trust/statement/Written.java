// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.trust.json.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Fields as protobuf writes them in JSON: what is empty is left out.
final class Written {
    private Written() {}

    static void text(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }

    static void texts(ObjectNode json, String name, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(json.putArray(name)::add);
        }
    }

    static void texts(ObjectNode json, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            values.forEach(json.putObject(name)::put);
        }
    }

    /// The digest as in-toto writes it: by algorithm.
    static void digest(ObjectNode json, Digest digest) {
        String text = digest.toString();
        json.putObject("digest").put(text.substring(0, text.indexOf(':')), digest.hex());
    }

    /// A digest with its algorithm in front.
    static Digest digest(Json json, String name) {
        try {
            return Digest.parse(json.text(name));
        } catch (InvalidNameException e) {
            throw json.wrong("has no digest as " + name + ": " + e.getMessage());
        }
    }
}
