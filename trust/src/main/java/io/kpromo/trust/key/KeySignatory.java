// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.store.SignedPayload;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signs with a key, and asks nobody else: no log, no timestamps.
public final class KeySignatory implements Signatory {
    private final SigningKey key;

    public KeySignatory(SigningKey key) {
        this.key = key;
    }

    @Override
    public Identity.Key identity() throws InterruptedException {
        return Fingerprint.identity(key.publicKey());
    }

    @Override
    public Bundle sign(Statement statement) throws InterruptedException {
        Bytes payload = statement.json();
        Bytes signature = key.sign(Envelope.preAuthentication(Statement.PAYLOAD_TYPE, payload));
        return new Bundle(
                new Material.PublicKeyHint(Fingerprint.hint(key.publicKey())),
                List.of(),
                List.of(),
                new Envelope(Statement.PAYLOAD_TYPE, payload, List.of(new Envelope.Signature("", signature))));
    }

    @Override
    public Optional<SignedPayload> sign(SimpleSigning payload) throws InterruptedException {
        Bytes bytes = payload.bytes();
        String signature = key.sign(bytes).base64();
        return Optional.of(new SignedPayload(
                bytes,
                Map.of(
                        SignedPayload.SIGNATURE,
                        signature,
                        SignedPayload.SIGNER,
                        identity().toString())));
    }

    @Override
    public void close() {
        key.close();
    }
}
