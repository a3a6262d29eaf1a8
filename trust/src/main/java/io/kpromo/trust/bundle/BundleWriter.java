// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.bundle;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.JsonText;
import tools.jackson.databind.node.ObjectNode;

/// Writes bundles of version 0.3 as protobuf does in JSON: zeros are left out, numbers of 64 bits are texts.
final class BundleWriter {
    private BundleWriter() {}

    static Bytes write(Bundle bundle) {
        var json = JsonText.object().put("mediaType", Bundle.MEDIA_TYPE);
        var material = json.putObject("verificationMaterial");
        switch (bundle.material()) {
            case Material.PublicKeyHint key -> material.putObject("publicKey").put("hint", key.hint());
            case Material.Certificates certificates ->
                material.putObject("certificate")
                        .put("rawBytes", certificates.chain().getFirst().base64());
        }
        if (!bundle.entries().isEmpty()) {
            var entries = material.putArray("tlogEntries");
            bundle.entries().forEach(entry -> write(entry, entries.addObject()));
        }
        if (!bundle.timestamps().isEmpty()) {
            var timestamps = material.putObject("timestampVerificationData").putArray("rfc3161Timestamps");
            bundle.timestamps().forEach(one -> timestamps.addObject().put("signedTimestamp", one.base64()));
        }
        return JsonText.write(json.set("dsseEnvelope", bundle.envelope().json()));
    }

    private static void write(LogEntry entry, ObjectNode json) {
        number(json, "logIndex", entry.logIndex());
        json.putObject("logId").put("keyId", entry.logId().base64());
        json.putObject("kindVersion").put("kind", entry.kind()).put("version", entry.version());
        number(json, "integratedTime", entry.integratedTime());
        entry.promise()
                .ifPresent(bytes -> json.putObject("inclusionPromise").put("signedEntryTimestamp", bytes.base64()));
        entry.proof().ifPresent(proof -> write(proof, json.putObject("inclusionProof")));
        json.put("canonicalizedBody", entry.canonicalizedBody().base64());
    }

    private static void write(LogEntry.InclusionProof proof, ObjectNode json) {
        number(json, "logIndex", proof.logIndex());
        json.put("rootHash", proof.rootHash().base64());
        number(json, "treeSize", proof.treeSize());
        if (!proof.hashes().isEmpty()) {
            var hashes = json.putArray("hashes");
            proof.hashes().forEach(hash -> hashes.add(hash.base64()));
        }
        json.putObject("checkpoint").put("envelope", proof.checkpoint());
    }

    private static void number(ObjectNode json, String name, long value) {
        if (value != 0) {
            json.put(name, Long.toString(value));
        }
    }
}
