// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Public keys as metadata of services holds them.
public final class PublicKeys {
    /// SubjectPublicKeyInfo of an Ed25519 key, but for the key. RFC 8410.
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_LENGTH = 32;

    private PublicKeys() {}

    /// The key in this PEM, if it is one of a kind that is known here.
    public static Optional<PublicKey> ofPem(String pem) {
        try {
            return KeyDetails.key(Bytes.ofBase64(pem.replaceAll("-----[A-Z ]+-----|\\s", "")), "");
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /// The key of these 32 bytes.
    public static Optional<PublicKey> ofEd25519(Bytes raw) {
        if (raw.length() != ED25519_LENGTH) {
            return Optional.empty();
        }
        byte[] info = Arrays.copyOf(ED25519, ED25519.length + ED25519_LENGTH);
        System.arraycopy(raw.array(), 0, info, ED25519.length, ED25519_LENGTH);
        return KeyDetails.key(Bytes.of(info), "");
    }
}
