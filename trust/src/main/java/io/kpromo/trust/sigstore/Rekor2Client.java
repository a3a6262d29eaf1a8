// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.statement.Envelope;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// Rekor 2: knows hashes alone, answers when the entry is in the tree, and states no times.
final class Rekor2Client implements RekorClient {
    private final RekorWire wire;

    Rekor2Client(RekorWire wire) {
        this.wire = wire;
    }

    @Override
    public boolean promises() {
        return false;
    }

    @Override
    public LogEntry log(Envelope envelope, X509Certificate certificate) throws InterruptedException {
        return log(envelope.signedBytes(), envelope.signatures().getFirst().bytes(), certificate);
    }

    @Override
    public LogEntry log(Bytes payload, Bytes signature, X509Certificate certificate) throws InterruptedException {
        var entry = JsonText.object();
        Bytes digest =
                Bytes.of(HexFormat.of().parseHex(Digest.sha256(payload.array()).hex()));
        entry.putObject("hashedRekordRequestV002")
                .put("digest", digest.base64())
                .putObject("signature")
                .put("content", signature.base64())
                .putObject("verifier")
                .put("keyDetails", "PKIX_ECDSA_P256_SHA_256")
                .putObject("x509Certificate")
                .put("rawBytes", Certificates.der(certificate).base64());
        return LogEntry.read(wire.answer(wire.send(wire.entry("/api/v2/log/entries", entry))));
    }
}
