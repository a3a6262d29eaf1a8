// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.verify.Verdict;
import io.kpromo.trust.verify.Verifier;
import java.security.PublicKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Verifies with keys that are known beforehand. No network.
///
/// What none of the keys has signed is [Verdict.Unverifiable], for others have keys too; it has [Verdict.Failed]
/// where it names one of ours as its signer.
public final class KeyVerifier implements Verifier {
    private static final Verdict CERTIFICATE =
            new Verdict.Unverifiable("it is signed with a certificate, and only keys are at hand");

    /// By their hints.
    private final Map<String, PublicKey> keys = new LinkedHashMap<>();

    private KeyVerifier(Collection<PublicKey> keys) {
        keys.forEach(key -> this.keys.put(Fingerprint.hint(key), key));
    }

    /// @throws io.kpromo.trust.TrustException where a key is of a kind that doesn't sign here
    public static KeyVerifier of(Collection<PublicKey> keys) {
        keys.forEach(KeyKind::of);
        return new KeyVerifier(keys);
    }

    @Override
    public Verdict verify(Bundle bundle) {
        return switch (bundle.material()) {
            case Material.Certificates certificates -> CERTIFICATE;
            case Material.PublicKeyHint named -> verify(bundle.envelope(), named.hint());
        };
    }

    /// An envelope that stands for itself, as in `.att` manifests.
    public Verdict verify(Envelope envelope) {
        return verify(envelope, "");
    }

    private Verdict verify(Envelope envelope, String hint) {
        if (envelope.signatures().isEmpty()) {
            return new Verdict.Failed("its envelope holds no signature");
        }
        Bytes message = envelope.signedBytes();
        for (Envelope.Signature signature : envelope.signatures()) {
            Optional<PublicKey> signer = signer(message, signature.bytes());
            if (signer.isPresent()) {
                return verified(signer.get());
            }
        }
        if (keys.containsKey(hint)) {
            return changed();
        }
        return unknown(isShown(hint) ? " (it names the key " + hint + ")" : "");
    }

    @Override
    public Verdict verify(SignedPayload signed) {
        Map<String, String> annotations = signed.annotations();
        if (annotations.containsKey(SignedPayload.CERTIFICATE)) {
            return CERTIFICATE;
        }
        Bytes signature;
        try {
            signature = Bytes.ofBase64(annotations.getOrDefault(SignedPayload.SIGNATURE, ""));
        } catch (IllegalArgumentException e) {
            return new Verdict.Failed("its annotation " + SignedPayload.SIGNATURE + " is not base64");
        }
        if (signature.length() == 0) {
            return new Verdict.Failed("it has no annotation " + SignedPayload.SIGNATURE);
        }
        Optional<PublicKey> signer = signer(signed.payload(), signature);
        if (signer.isPresent()) {
            return verified(signer.get());
        }
        String named = annotations.getOrDefault(SignedPayload.SIGNER, "");
        boolean ours = keys.values().stream()
                .anyMatch(key -> Fingerprint.identity(key).toString().equals(named));
        return ours ? changed() : unknown("");
    }

    private Optional<PublicKey> signer(Bytes message, Bytes signature) {
        return keys.values().stream()
                .filter(key -> KeyKind.of(key).verifies(key, message, signature))
                .findFirst();
    }

    private static Verdict verified(PublicKey key) {
        return new Verdict.Verified(Fingerprint.identity(key), Optional.empty());
    }

    private static Verdict changed() {
        return new Verdict.Failed("its signature is not that of the key that it names: it was changed");
    }

    private static Verdict unknown(String hint) {
        return new Verdict.Unverifiable("it is signed with none of the keys at hand" + hint + ", or was changed");
    }

    /// Whether it is short and plain enough to be shown.
    private static boolean isShown(String text) {
        return !text.isEmpty() && text.length() <= 100 && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
