// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.List;

/// Whether a signature is right, for all kinds of keys that Sigstore's services and certificates have.
public final class SignatureCheck {
    private SignatureCheck() {}

    /// ECDSA on P-384 and P-521 is taken with the hash of its size and with SHA-256: both are in use.
    ///
    /// @param signature ECDSA in DER
    /// @return false too where the signature is malformed or the key of a kind that is not known
    public static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        for (String algorithm : algorithms(key)) {
            try {
                Signature verifier = Signature.getInstance(algorithm);
                verifier.initVerify(key);
                verifier.update(message);
                if (verifier.verify(signature)) {
                    return true;
                }
            } catch (GeneralSecurityException malformed) {
                // As good as wrong; another algorithm may read it.
            }
        }
        return false;
    }

    private static List<String> algorithms(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return switch (ec.getParams().getCurve().getField().getFieldSize()) {
                case 384 -> List.of("SHA384withECDSA", "SHA256withECDSA");
                case 521 -> List.of("SHA512withECDSA", "SHA256withECDSA");
                default -> List.of("SHA256withECDSA");
            };
        }
        return switch (key.getAlgorithm()) {
            case "RSA" -> List.of("SHA256withRSA");
            case "EdDSA", "Ed25519" -> List.of("Ed25519");
            default -> List.of();
        };
    }
}
