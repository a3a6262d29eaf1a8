// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.statement.Envelope;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rekor 1. An entry that is there already is as good as a new one.
final class Rekor1Client implements RekorClient {
    private static final String ENTRIES = "/api/v1/log/entries";
    private static final int CONFLICT = 409;
    private static final int LONGEST_PATH = 64;

    private final RekorWire wire;

    Rekor1Client(RekorWire wire) {
        this.wire = wire;
    }

    @Override
    public boolean promises() {
        return true;
    }

    @Override
    public LogEntry log(Envelope envelope, X509Certificate certificate) throws InterruptedException {
        var spec = JsonText.object();
        spec.putObject("proposedContent")
                .put("envelope", JsonText.write(envelope.json()).text())
                .putArray("verifiers")
                .add(Bytes.of(Certificates.pem(certificate)).base64());
        return log("dsse", spec);
    }

    @Override
    public LogEntry log(Bytes payload, Bytes signature, X509Certificate certificate) throws InterruptedException {
        var spec = JsonText.object();
        spec.putObject("data")
                .putObject("hash")
                .put("algorithm", "sha256")
                .put("value", Digest.sha256(payload.array()).hex());
        spec.putObject("signature")
                .put("content", signature.base64())
                .putObject("publicKey")
                .put("content", Bytes.of(Certificates.pem(certificate)).base64());
        return log("hashedrekord", spec);
    }

    private LogEntry log(String kind, JsonNode spec) throws InterruptedException {
        ObjectNode entry = JsonText.object().put("apiVersion", "0.0.1").put("kind", kind);
        ServiceCall.Reply reply =
                wire.send(wire.entry(ENTRIES, entry.set("spec", spec)).answering(CONFLICT));
        if (reply.status() == CONFLICT) {
            reply = wire.send(wire.existing(existing(reply)));
        }
        return read(wire.answer(reply), kind);
    }

    private static String existing(ServiceCall.Reply reply) {
        String location = reply.location().orElse("");
        String id = location.substring(location.lastIndexOf('/') + 1);
        if (id.isEmpty() || !id.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw new TrustException("Rekor says that it has this entry already, but not where");
        }
        return ENTRIES + "/" + id;
    }

    /// An object with the entry under its id.
    private static LogEntry read(Json answer, String kind) {
        if (answer.node().size() != 1) {
            throw answer.wrong("does not hold one entry");
        }
        Map.Entry<String, JsonNode> only = answer.node().properties().iterator().next();
        Json entry = answer.object(only.getKey());
        Json verification = entry.object("verification");
        Json proof = verification.object("inclusionProof");
        List<Bytes> hashes = proof.list("hashes", LONGEST_PATH).stream()
                .map(hash -> hex(hash, hash.asText()))
                .toList();
        return new LogEntry(
                entry.number("logIndex"),
                hex(entry, entry.text("logID")),
                kind,
                "0.0.1",
                entry.number("integratedTime"),
                Optional.of(verification.bytes("signedEntryTimestamp")),
                Optional.of(new LogEntry.InclusionProof(
                        proof.number("logIndex"),
                        hex(proof, proof.text("rootHash")),
                        proof.number("treeSize"),
                        hashes,
                        proof.text("checkpoint"))),
                entry.bytes("body"));
    }

    private static Bytes hex(Json holder, String text) {
        try {
            return Bytes.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw holder.wrong("is not hexadecimal");
        }
    }
}
