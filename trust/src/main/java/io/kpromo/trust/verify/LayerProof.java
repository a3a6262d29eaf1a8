// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.sigstore.Certificates;
import io.kpromo.trust.store.SignedPayload;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the annotations of a layer of a `.sig` or `.att` manifest say beside the signature. With the envelope that
/// such a layer of `.att` is, it makes a [io.kpromo.trust.bundle.Bundle].
///
/// @param chain of certificates, leaf first, DER
/// @param entries of Rekor 1, with a promise and without a proof; at most one
/// @param timestamps RFC 3161 answers, DER; at most one
public record LayerProof(List<Bytes> chain, List<LogEntry> entries, List<Bytes> timestamps) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]*");

    public LayerProof {
        chain = List.copyOf(chain);
        entries = List.copyOf(entries);
        timestamps = List.copyOf(timestamps);
    }

    /// Empty where there is no certificate: what is signed with a key.
    ///
    /// @throws TrustException where an annotation is malformed
    public static Optional<LayerProof> of(Map<String, String> annotations) {
        String leaf = annotations.getOrDefault(SignedPayload.CERTIFICATE, "");
        if (leaf.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new LayerProof(chain(annotations, leaf), entries(annotations), timestamps(annotations)));
    }

    /// The signature itself.
    ///
    /// @throws TrustException where there is none
    static Bytes signature(Map<String, String> annotations) {
        try {
            return Bytes.ofBase64(
                    annotations.getOrDefault(SignedPayload.SIGNATURE, "").strip());
        } catch (IllegalArgumentException e) {
            throw new TrustException("annotation " + SignedPayload.SIGNATURE + " is not base64", e);
        }
    }

    private static List<Bytes> chain(Map<String, String> annotations, String leaf) {
        List<Bytes> chain = new ArrayList<>(certificates(SignedPayload.CERTIFICATE, leaf));
        if (chain.size() != 1) {
            throw new TrustException(
                    "annotation " + SignedPayload.CERTIFICATE + " holds " + chain.size() + " certificates, not one");
        }
        String above = annotations.getOrDefault(SignedPayload.CHAIN, "");
        if (!above.isBlank()) {
            chain.addAll(certificates(SignedPayload.CHAIN, above));
        }
        return chain;
    }

    private static List<Bytes> certificates(String annotation, String pem) {
        List<X509Certificate> certificates = Certificates.parsePem(pem);
        if (certificates.isEmpty()) {
            throw new TrustException("annotation " + annotation + " is not PEM with certificates");
        }
        return certificates.stream().map(Certificates::der).toList();
    }

    private static List<LogEntry> entries(Map<String, String> annotations) {
        String json = annotations.getOrDefault(SignedPayload.REKOR_BUNDLE, "");
        if (json.isBlank()) {
            return List.of();
        }
        Json bundle = Json.read("annotation " + SignedPayload.REKOR_BUNDLE, Bytes.of(json));
        Json entry = bundle.object("Payload");
        Bytes body = entry.bytes("body");
        Json content = Json.read("the log entry", body);
        return List.of(new LogEntry(
                entry.number("logIndex"),
                id(entry),
                content.text("kind"),
                content.text("apiVersion"),
                entry.number("integratedTime"),
                Optional.of(bundle.bytes("SignedEntryTimestamp")),
                Optional.empty(),
                body));
    }

    private static Bytes id(Json entry) {
        String id = entry.text("logID");
        if (id.length() % 2 != 0 || !HEX.matcher(id).matches()) {
            throw entry.wrong("has a logID that is not hexadecimal in lower case");
        }
        return Bytes.of(HexFormat.of().parseHex(id));
    }

    private static List<Bytes> timestamps(Map<String, String> annotations) {
        String json = annotations.getOrDefault(SignedPayload.TIMESTAMP, "");
        return json.isBlank()
                ? List.of()
                : List.of(Json.read("annotation " + SignedPayload.TIMESTAMP, Bytes.of(json))
                        .bytes("SignedRFC3161Timestamp"));
    }
}
