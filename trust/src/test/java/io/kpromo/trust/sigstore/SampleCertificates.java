// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/// A certificate authority as Fulcio is one, and a log of certificates.
final class SampleCertificates {
    static final Duration LIFE = Duration.ofMinutes(10);

    private final SampleKeys.Issuer root;
    private final SampleKeys.Issuer issuing;
    final KeyPair log = SampleKeys.p256();

    SampleCertificates(Instant from) {
        root = SampleKeys.root("CN=sample root,O=sample", from);
        issuing = SampleKeys.below(root, "CN=sample authority,O=sample", from, KeyPurposeId.id_kp_codeSigning);
    }

    List<X509Certificate> chain() {
        return List.of(issuing.certificate(), root.certificate());
    }

    /// How a certificate is to be.
    ///
    /// @param promised by the log of certificates
    record Wish(Identity.Certificate who, Instant from, KeyPurposeId purpose, boolean oldIssuer, boolean promised) {
        static Wish of(Identity.Certificate who, Instant from) {
            return new Wish(who, from, KeyPurposeId.id_kp_codeSigning, false, true);
        }

        Wish with(KeyPurposeId other) {
            return new Wish(who, from, other, oldIssuer, promised);
        }

        Wish withOldIssuer() {
            return new Wish(who, from, purpose, true, promised);
        }

        Wish unpromised() {
            return new Wish(who, from, purpose, oldIssuer, false);
        }
    }

    X509Certificate issue(KeyPair keys, Wish wish) {
        try {
            X509v3CertificateBuilder builder = SampleKeys.builder(
                    issuing.certificate().getSubjectX500Principal(),
                    new X500Principal(""),
                    keys,
                    wish.from.truncatedTo(ChronoUnit.SECONDS),
                    LIFE);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(wish.purpose));
            SampleKeys.authorityKey(builder, issuing.keys().getPublic());
            builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(name(wish.who.subject())));
            byte[] issuer = wish.who.issuer().getBytes(StandardCharsets.UTF_8);
            if (wish.oldIssuer) {
                builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.1"), false, issuer);
            } else {
                builder.addExtension(
                        new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8"), false, new DERUTF8String(wish.who.issuer()));
            }
            if (wish.promised) {
                byte[] promise = promise(SampleKeys.signed(builder, issuing.keys()), wish.from);
                builder.addExtension(
                        new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), false, new DEROctetString(promise));
            }
            return SampleKeys.signed(builder, issuing.keys());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// An address with a scheme is a URI, one with an `@` an e-mail address, and one with an `!` another name.
    private static GeneralName name(String subject) {
        if (subject.contains("!")) {
            return new GeneralName(GeneralName.otherName, new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.7"),
                new DERTaggedObject(true, 0, new DERUTF8String(subject))
            }));
        }
        return new GeneralName(
                subject.contains("://") ? GeneralName.uniformResourceIdentifier : GeneralName.rfc822Name, subject);
    }

    private byte[] promise(X509Certificate precertificate, Instant at) {
        try {
            byte[] body = precertificate.getTBSCertificate();
            ByteArrayOutputStream signed = new ByteArrayOutputStream();
            signed.write(new byte[] {0, 0});
            signed.write(ByteBuffer.allocate(8).putLong(at.toEpochMilli()).array());
            signed.write(new byte[] {0, 1});
            signed.write(sha256(issuing.keys().getPublic().getEncoded()).array());
            signed.write(ByteBuffer.allocate(4).putInt(body.length).array(), 1, 3);
            signed.write(body);
            signed.write(new byte[] {0, 0});
            byte[] signature = SampleKeys.sign(log.getPrivate(), signed.toByteArray());
            int length = 1 + 32 + 8 + 2 + 2 + 2 + signature.length;
            return ByteBuffer.allocate(4 + length)
                    .putShort((short) (2 + length))
                    .putShort((short) length)
                    .put((byte) 0)
                    .put(sha256(log.getPublic().getEncoded()).array())
                    .putLong(at.toEpochMilli())
                    .putShort((short) 0)
                    .put(new byte[] {4, 3})
                    .putShort((short) signature.length)
                    .put(signature)
                    .array();
        } catch (IOException | CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    static Bytes sha256(byte[] bytes) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
