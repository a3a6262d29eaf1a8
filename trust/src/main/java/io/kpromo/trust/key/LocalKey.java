// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.trust.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/// A private key in memory.
final class LocalKey implements SigningKey {
    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final KeyKind kind;

    private LocalKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.kind = KeyKind.of(publicKey);
    }

    /// @throws TrustException where it is of a kind that does not sign here
    /// @throws IOException where it is no key
    static LocalKey of(PrivateKeyInfo info) throws IOException {
        try {
            PublicKey publicKey = publicKey(publicKeyInfo(PrivateKeyFactory.createKey(info)));
            PrivateKey privateKey = KeyFactory.getInstance(publicKey.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            return new LocalKey(privateKey, publicKey);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// The JDK's own form of a public key, so that one key has one fingerprint however it was written.
    static PublicKey publicKey(SubjectPublicKeyInfo info) throws GeneralSecurityException, IOException {
        String algorithm = info.getAlgorithm().getAlgorithm().getId();
        return KeyFactory.getInstance(
                        switch (algorithm) {
                            case "1.2.840.10045.2.1" -> "EC";
                            case "1.2.840.113549.1.1.1" -> "RSA";
                            case "1.3.101.112" -> "Ed25519";
                            default -> throw KeyKind.unknown("algorithm " + algorithm);
                        })
                .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }

    private static SubjectPublicKeyInfo publicKeyInfo(AsymmetricKeyParameter key) throws IOException {
        return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                switch (key) {
                    case ECPrivateKeyParameters curve ->
                        new ECPublicKeyParameters(
                                new FixedPointCombMultiplier()
                                        .multiply(curve.getParameters().getG(), curve.getD()),
                                curve.getParameters());
                    case RSAPrivateCrtKeyParameters rsa ->
                        new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
                    case Ed25519PrivateKeyParameters edwards -> edwards.generatePublicKey();
                    default ->
                        throw KeyKind.unknown(key.getClass().getSimpleName().replace("PrivateKeyParameters", ""));
                });
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public Bytes sign(Bytes message) {
        return kind.sign(privateKey, message);
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    @Override
    public String toString() {
        return Fingerprint.identity(publicKey).toString();
    }
}
