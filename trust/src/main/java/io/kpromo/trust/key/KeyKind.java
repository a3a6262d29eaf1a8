// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.EdDSAParameterSpec;

/// The kinds of keys that sign here, and the forms of signature that each may have.
///
/// Written is the form that `cosign verify --key`, version 2 or 3, takes without further flags: SHA-256 for all but
/// Ed25519. Read is besides what cosign 3 itself writes: the hash as wide as the curve, and Ed25519 over a hash.
public enum KeyKind {
    ECDSA_P256("SHA256withECDSA", "SHA256withECDSA"),
    ECDSA_P384("SHA256withECDSA", "SHA384withECDSA"),
    ECDSA_P521("SHA256withECDSA", "SHA512withECDSA"),
    RSA("SHA256withRSA", "SHA256withRSA"),
    ED25519("Ed25519", KeyKind.PREHASHED);

    private static final int LEAST_RSA_BITS = 2048;
    /// Not a name of Java's: Ed25519ph of RFC 8032.
    private static final String PREHASHED = "Ed25519ph";

    private final String written;
    private final String ofCosign3;

    KeyKind(String written, String ofCosign3) {
        this.written = written;
        this.ofCosign3 = ofCosign3;
    }

    /// @throws TrustException where keys of this kind are not used here
    public static KeyKind of(PublicKey key) {
        return switch (key) {
            case ECKey curve -> ofOrder(curve.getParams().getOrder().bitLength());
            case RSAKey rsa when rsa.getModulus().bitLength() >= LEAST_RSA_BITS -> RSA;
            case RSAKey rsa ->
                throw new TrustException("an RSA key of " + rsa.getModulus().bitLength()
                        + " bits is too short, it needs " + LEAST_RSA_BITS);
            case EdECKey edwards when edwards.getParams().getName().equals("Ed25519") -> ED25519;
            default -> throw unknown(key.getAlgorithm());
        };
    }

    private static KeyKind ofOrder(int bits) {
        return switch (bits) {
            case 256 -> ECDSA_P256;
            case 384 -> ECDSA_P384;
            case 521 -> ECDSA_P521;
            default -> throw unknown("an elliptic curve of " + bits + " bits");
        };
    }

    static TrustException unknown(String kind) {
        return new TrustException("a key of this kind does not sign here (" + kind
                + "); take ECDSA P-256, P-384 or P-521, Ed25519, or RSA of 2048 bits and more");
    }

    Bytes sign(PrivateKey key, Bytes message) {
        try {
            Signature signature = Signature.getInstance(written);
            signature.initSign(key);
            signature.update(message.array());
            return Bytes.of(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new TrustException("cannot sign with a key of kind " + this + ": " + e.getMessage(), e);
        }
    }

    /// Whether this key made this signature, in one of the forms.
    boolean verifies(PublicKey key, Bytes message, Bytes signed) {
        return verifies(written, key, message, signed)
                || (!ofCosign3.equals(written) && verifies(ofCosign3, key, message, signed));
    }

    private static boolean verifies(String form, PublicKey key, Bytes message, Bytes signed) {
        try {
            boolean prehashed = form.equals(PREHASHED);
            Signature signature = Signature.getInstance(prehashed ? "Ed25519" : form);
            if (prehashed) {
                signature.setParameter(new EdDSAParameterSpec(true));
            }
            signature.initVerify(key);
            signature.update(message.array());
            return signature.verify(signed.array());
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new TrustException("cannot verify with a key of kind " + form + ": " + e.getMessage(), e);
        }
    }
}
