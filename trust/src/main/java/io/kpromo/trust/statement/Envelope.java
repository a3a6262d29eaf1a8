// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A DSSE envelope: bytes of some type, signed together with the name of the type.
public record Envelope(String payloadType, Bytes payload, List<Signature> signatures) {
    /// @param keyId a hint; proves nothing
    public record Signature(String keyId, Bytes bytes) {}

    private static final int MOST_SIGNATURES = 100;

    public Envelope {
        signatures = List.copyOf(signatures);
    }

    /// Reads an envelope that stands for itself, as in the layers of `.att` manifests.
    ///
    /// @throws io.kpromo.trust.TrustException where it is none
    public static Envelope parse(Bytes bytes) {
        return read(Json.read("envelope", bytes));
    }

    /// Reads an envelope within a document.
    ///
    /// @throws io.kpromo.trust.TrustException where it is none
    public static Envelope read(Json json) {
        List<Signature> signatures = json.list("signatures", MOST_SIGNATURES).stream()
                .map(Json::asObject)
                .map(one -> new Signature(one.optionalText("keyid").orElse(""), one.bytes("sig")))
                .toList();
        return new Envelope(
                json.text("payloadType"), json.optionalBytes("payload").orElse(Bytes.of("")), signatures);
    }

    public JsonNode json() {
        var json = JsonText.object().put("payload", payload.base64()).put("payloadType", payloadType);
        var all = json.putArray("signatures");
        for (Signature signature : signatures) {
            var one = all.addObject().put("sig", signature.bytes().base64());
            if (!signature.keyId().isEmpty()) {
                one.put("keyid", signature.keyId());
            }
        }
        return json;
    }

    /// What is signed: the pre-authentication encoding of type and payload (DSSE v1.0, "Signature Definition").
    public Bytes signedBytes() {
        return preAuthentication(payloadType, payload);
    }

    public static Bytes preAuthentication(String payloadType, Bytes payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("DSSEv1 " + type.length + " " + payloadType + " " + payload.length() + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + payload.length());
        System.arraycopy(payload.array(), 0, all, head.length, payload.length());
        return Bytes.of(all);
    }
}
