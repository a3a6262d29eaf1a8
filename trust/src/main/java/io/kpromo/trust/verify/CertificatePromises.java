// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.sigstore.SignatureCheck;
import io.kpromo.trust.sigstore.TransparencyLog;
import io.kpromo.trust.sigstore.TrustedRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.jspecify.annotations.Nullable;

/// Signed certificate timestamps: promises of a log to publish a certificate, which stand in the certificate
/// itself. RFC 6962, sections 3.2 and 3.3.
final class CertificatePromises {
    private static final ASN1ObjectIdentifier LIST = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");
    private static final int EXTENSIONS = 3;

    private final TrustedRoot root;

    CertificatePromises(TrustedRoot root) {
        this.root = root;
    }

    /// @param algorithms of hash and signature; the log's key tells them, so they are not used
    private record Promise(Bytes log, long timestamp, Bytes extensions, short algorithms, Bytes signature) {}

    /// Asks for a promise of a known log where the root names such logs, and for nothing where it names none.
    void check(X509Certificate leaf, X509Certificate issuer) throws Refusal {
        if (root.certificateLogs().isEmpty()) {
            return;
        }
        List<Promise> all = promises(leaf);
        if (all.isEmpty()) {
            throw Refusal.failed("its certificate has no promise of a certificate log, though the trusted root names"
                    + " such logs");
        }
        int known = 0;
        for (Promise promise : all) {
            Optional<TransparencyLog> log = root.certificateLog(promise.log);
            if (log.isPresent()) {
                check(promise, log.get(), leaf, issuer);
                known++;
            }
        }
        if (known == 0) {
            throw Refusal.unverifiable("its certificate is in the certificate log "
                    + all.getFirst().log.hex() + ", which the trusted root does not name");
        }
    }

    private static void check(Promise promise, TransparencyLog log, X509Certificate leaf, X509Certificate issuer)
            throws Refusal {
        if (!SignatureCheck.verifies(log.key(), signedBytes(promise, leaf, issuer), promise.signature.array())) {
            throw Refusal.failed("the promise of certificate log " + log + " is not for this certificate");
        }
        Instant at = moment(promise);
        if (!log.validity().contains(at)) {
            throw Refusal.failed("certificate log " + log + " made its promise at " + at
                    + ", when it was not trusted: that is " + log.validity());
        }
    }

    private static Instant moment(Promise promise) throws Refusal {
        try {
            return Instant.ofEpochMilli(promise.timestamp);
        } catch (DateTimeException e) {
            throw Refusal.failed("a certificate log's promise has no sensible time");
        }
    }

    private static byte[] signedBytes(Promise promise, X509Certificate leaf, X509Certificate issuer) throws Refusal {
        try {
            byte[] precertificate = precertificate(leaf);
            byte[] issuerKey = MessageDigest.getInstance("SHA-256")
                    .digest(issuer.getPublicKey().getEncoded());
            ByteArrayOutputStream out = new ByteArrayOutputStream(precertificate.length + 64);
            out.write(new byte[] {0, 0});
            out.write(ByteBuffer.allocate(8).putLong(promise.timestamp).array());
            out.write(new byte[] {0, 1});
            out.write(issuerKey);
            out.write(ByteBuffer.allocate(4).putInt(precertificate.length).array(), 1, 3);
            out.write(precertificate);
            out.write(ByteBuffer.allocate(2)
                    .putShort((short) promise.extensions.length())
                    .array());
            out.write(promise.extensions.array());
            return out.toByteArray();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw Refusal.failed("its certificate can't be taken apart for the promise of a certificate log: " + e);
        }
    }

    /// The certificate as the log saw it: what is to be signed, without the list of promises.
    private static byte[] precertificate(X509Certificate leaf) throws IOException, GeneralSecurityException {
        ASN1EncodableVector body = new ASN1EncodableVector();
        for (ASN1Encodable part : ASN1Sequence.getInstance(leaf.getTBSCertificate())) {
            if (part instanceof ASN1TaggedObject tagged && tagged.getTagNo() == EXTENSIONS) {
                ASN1EncodableVector extensions = new ASN1EncodableVector();
                for (ASN1Encodable extension : ASN1Sequence.getInstance(tagged, true)) {
                    if (!ASN1Sequence.getInstance(extension).getObjectAt(0).equals(LIST)) {
                        extensions.add(extension);
                    }
                }
                body.add(new DERTaggedObject(true, EXTENSIONS, new DERSequence(extensions)));
            } else {
                body.add(part);
            }
        }
        return new DERSequence(body).getEncoded(ASN1Encoding.DER);
    }

    private static List<Promise> promises(X509Certificate leaf) throws Refusal {
        byte @Nullable [] extension = leaf.getExtensionValue(LIST.getId());
        if (extension == null) {
            return List.of();
        }
        try {
            byte[] outer = ASN1OctetString.getInstance(extension).getOctets();
            ByteBuffer list =
                    opaque(ByteBuffer.wrap(ASN1OctetString.getInstance(outer).getOctets()));
            List<Promise> promises = new ArrayList<>();
            while (list.hasRemaining()) {
                ByteBuffer one = opaque(list);
                // Other versions than the first have another form.
                if (one.get() == 0) {
                    promises.add(promise(one));
                }
            }
            return promises;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw Refusal.failed("its certificate's promises of certificate logs can't be read");
        }
    }

    private static Promise promise(ByteBuffer in) {
        byte[] log = new byte[32];
        in.get(log);
        long timestamp = in.getLong();
        Bytes extensions = bytes(opaque(in));
        short algorithms = in.getShort();
        return new Promise(Bytes.of(log), timestamp, extensions, algorithms, bytes(opaque(in)));
    }

    private static ByteBuffer opaque(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static Bytes bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return Bytes.of(bytes);
    }
}
