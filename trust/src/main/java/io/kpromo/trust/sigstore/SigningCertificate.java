// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A key that lives as long as its certificate, and never leaves this process.
final class SigningCertificate {
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final KeyPair keys;
    private final List<X509Certificate> chain;
    private final Instant renewal;

    /// @param chain leaf first
    /// @param since by our own clock, which may be wrong
    SigningCertificate(KeyPair keys, List<X509Certificate> chain, Instant since) {
        this.keys = keys;
        this.chain = List.copyOf(chain);
        Instant from = chain.getFirst().getNotBefore().toInstant();
        Duration life = Duration.between(from, chain.getFirst().getNotAfter().toInstant());
        Duration margin = life.dividedBy(4).compareTo(MARGIN) < 0 ? life.dividedBy(4) : MARGIN;
        this.renewal = since.plus(life.minus(margin));
    }

    /// ECDSA on P-256: what every verifier knows.
    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new TrustException("no key can be made: " + e.getMessage(), e);
        }
    }

    static Bytes sign(KeyPair keys, Bytes message) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(keys.getPrivate());
            signer.update(message.array());
            return Bytes.of(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new TrustException("the signature can't be made: " + e.getMessage(), e);
        }
    }

    Bytes sign(Bytes message) {
        return sign(keys, message);
    }

    X509Certificate leaf() {
        return chain.getFirst();
    }

    /// Those above the leaf, PEM.
    String issuersPem() {
        StringBuilder pem = new StringBuilder();
        chain.subList(1, chain.size()).forEach(certificate -> pem.append(Certificates.pem(certificate)));
        return pem.toString();
    }

    boolean isFresh(Instant now) {
        return now.isBefore(renewal);
    }

    /// Whether a signature that is proven to be of that moment is within its life.
    boolean covers(Instant moment) {
        return !moment.isBefore(leaf().getNotBefore().toInstant())
                && !moment.isAfter(leaf().getNotAfter().toInstant());
    }
}
