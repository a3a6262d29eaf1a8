// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// An in-toto statement: a predicate about subjects. In-toto attestation framework 1.0, "Statement".
///
/// @param subjects that have a digest of the kinds images have; empty where it is about other things alone
/// @param predicate a JSON object; its form is the type's
public record Statement(List<Subject> subjects, String predicateType, JsonNode predicate) {
    /// The media type of a statement in an envelope.
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    private static final String V1 = "https://in-toto.io/Statement/v1";
    /// cosign still writes 0.1 for attestations. The two differ in nothing that matters here.
    private static final Set<String> TYPES = Set.of(V1, "https://in-toto.io/Statement/v0.1");

    private static final int MOST_SUBJECTS = 10_000;

    public Statement {
        subjects = List.copyOf(subjects);
    }

    /// Reads a statement of version 1 or 0.1. What it says beyond these fields is ignored.
    ///
    /// @throws TrustException where it is none
    public static Statement parse(Bytes bytes) {
        Json json = Json.read("statement", bytes);
        String type = json.text("_type");
        if (!TYPES.contains(type)) {
            throw json.wrong("is of type \"" + Shown.briefly(type) + "\", not in-toto's statement 0.1 or 1");
        }
        List<Subject> subjects = json.list("subject", MOST_SUBJECTS).stream()
                .flatMap(subject -> Subject.read(subject.asObject()).stream())
                .toList();
        JsonNode predicate = json.optionalObject("predicate").map(Json::node).orElseGet(JsonText::object);
        return new Statement(subjects, json.text("predicateType"), predicate);
    }

    /// The statement in this envelope.
    ///
    /// @throws TrustException where the envelope holds something else
    public static Statement in(Envelope envelope) {
        if (!envelope.payloadType().equals(PAYLOAD_TYPE)) {
            throw new TrustException(
                    "the envelope holds " + Shown.briefly(envelope.payloadType()) + ", not " + PAYLOAD_TYPE);
        }
        return parse(envelope.payload());
    }

    /// Whether one of its subjects has this digest.
    public boolean isAbout(Digest digest) {
        return subjects.stream().anyMatch(subject -> subject.digest().equals(digest));
    }

    /// As version 1; the same statement gives the same bytes.
    public Bytes json() {
        var json = JsonText.object().put("_type", V1);
        var about = json.putArray("subject");
        subjects.forEach(subject -> about.add(subject.json()));
        return JsonText.write(json.put("predicateType", predicateType).set("predicate", predicate));
    }
}
