// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// Ed25519 keys as their 32 bytes alone. RFC 8032.
final class RawEd25519 {
    private static final int LENGTH = 32;

    private RawEd25519() {}

    static PublicKey key(String base64) {
        try {
            byte[] raw = Bytes.ofBase64(base64).array();
            if (raw.length != LENGTH) {
                throw new TrustException("an Ed25519 key has 32 bytes, not " + raw.length);
            }
            return LocalKey.publicKey(
                    new SubjectPublicKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), raw));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new TrustException("it can't be read as an Ed25519 key: " + e.getMessage(), e);
        }
    }
}
