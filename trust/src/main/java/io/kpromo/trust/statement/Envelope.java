// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.trust.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A DSSE envelope: bytes of some type, signed together with the name of the type.
public record Envelope(String payloadType, Bytes payload, List<Signature> signatures) {
    /// @param keyId a hint; proves nothing
    public record Signature(String keyId, Bytes bytes) {}

    public Envelope {
        signatures = List.copyOf(signatures);
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
