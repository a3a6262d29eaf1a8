// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// Public keys as Sigstore writes them down.
final class KeyDetails {
    private static final List<String> KINDS = List.of("EC", "Ed25519", "RSA");

    private KeyDetails() {}

    /// The key, if it is of a kind that we can use.
    ///
    /// @param details Sigstore's enum PublicKeyDetails; those that begin with `PKCS1_` are bare RSA keys
    static Optional<PublicKey> key(Bytes raw, String details) {
        byte[] info = raw.array();
        try {
            if (details.startsWith("PKCS1_")) {
                info = new SubjectPublicKeyInfo(
                                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                                RSAPublicKey.getInstance(info))
                        .getEncoded();
            }
        } catch (IOException | IllegalArgumentException notRsa) {
            return Optional.empty();
        }
        for (String kind : KINDS) {
            try {
                return Optional.of(KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(info)));
            } catch (GeneralSecurityException ofAnotherKind) {
                // The next kind.
            }
        }
        return Optional.empty();
    }
}
