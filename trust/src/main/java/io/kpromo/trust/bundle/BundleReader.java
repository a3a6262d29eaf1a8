// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.bundle;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.statement.Envelope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads bundles as protobuf writes them in JSON. Sigstore protobuf-specs, `sigstore_bundle.proto`.
final class BundleReader {
    private static final Set<String> MEDIA_TYPES = Set.of(
            Bundle.MEDIA_TYPE,
            "application/vnd.dev.sigstore.bundle+json;version=0.3",
            "application/vnd.dev.sigstore.bundle+json;version=0.2",
            "application/vnd.dev.sigstore.bundle+json;version=0.1");

    private static final int MOST_CERTIFICATES = 16;
    private static final int MOST_PROOFS = 32;
    /// A path from leaf to root in a tree of 2^64 leaves.
    private static final int LONGEST_PATH = 64;

    private BundleReader() {}

    static Bundle read(Bytes bytes) {
        Json json = Json.read("bundle", bytes);
        if (!MEDIA_TYPES.contains(json.text("mediaType"))) {
            throw json.wrong("has a media type other than those of versions 0.1 to 0.3");
        }
        if (json.has("messageSignature")) {
            throw json.wrong("signs a file, not a statement");
        }
        Json material = json.object("verificationMaterial");
        return new Bundle(
                material(material),
                entries(material),
                timestamps(material),
                Envelope.read(json.object("dsseEnvelope")));
    }

    private static Material material(Json json) {
        Optional<Json> key = json.optionalObject("publicKey");
        Optional<Json> leaf = json.optionalObject("certificate");
        Optional<Json> chain = json.optionalObject("x509CertificateChain");
        if (key.stream().count() + leaf.stream().count() + chain.stream().count() != 1) {
            throw json.wrong("has to hold one of publicKey, certificate and x509CertificateChain");
        }
        if (key.isPresent()) {
            return new Material.PublicKeyHint(key.get().optionalText("hint").orElse(""));
        }
        List<Bytes> certificates = leaf.isPresent()
                ? List.of(leaf.get().bytes("rawBytes"))
                : chain.orElseThrow().list("certificates", MOST_CERTIFICATES).stream()
                        .map(one -> one.asObject().bytes("rawBytes"))
                        .toList();
        if (certificates.isEmpty()) {
            throw json.wrong("holds a chain of no certificates");
        }
        return new Material.Certificates(certificates);
    }

    private static List<Bytes> timestamps(Json material) {
        return material
                .optionalObject("timestampVerificationData")
                .map(data -> data.list("rfc3161Timestamps", MOST_PROOFS))
                .orElse(List.of())
                .stream()
                .map(one -> one.asObject().bytes("signedTimestamp"))
                .toList();
    }

    private static List<LogEntry> entries(Json material) {
        return material.list("tlogEntries", MOST_PROOFS).stream()
                .map(one -> entry(one.asObject()))
                .toList();
    }

    static LogEntry entry(Json json) {
        Optional<Json> kind = json.optionalObject("kindVersion");
        return new LogEntry(
                json.number("logIndex"),
                json.object("logId").bytes("keyId"),
                kind.flatMap(one -> one.optionalText("kind")).orElse(""),
                kind.flatMap(one -> one.optionalText("version")).orElse(""),
                json.number("integratedTime"),
                json.optionalObject("inclusionPromise").flatMap(one -> one.optionalBytes("signedEntryTimestamp")),
                json.optionalObject("inclusionProof").map(BundleReader::proof),
                json.optionalBytes("canonicalizedBody").orElse(Bytes.of("")));
    }

    private static LogEntry.InclusionProof proof(Json json) {
        return new LogEntry.InclusionProof(
                json.number("logIndex"),
                json.optionalBytes("rootHash").orElse(Bytes.of("")),
                json.number("treeSize"),
                json.list("hashes", LONGEST_PATH).stream().map(Json::asBytes).toList(),
                json.optionalObject("checkpoint")
                        .flatMap(one -> one.optionalText("envelope"))
                        .orElse(""));
    }
}
