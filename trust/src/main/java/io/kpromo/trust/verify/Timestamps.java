// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.sigstore.Authority;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/// Timestamps over a signature, by authorities that the root names. RFC 3161, RFC 5816.
final class Timestamps {
    private static final int MOST = 32;
    private static final Map<ASN1ObjectIdentifier, String> HASHES = Map.of(
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");

    private final List<Authority> authorities;

    Timestamps(List<Authority> authorities) {
        this.authorities = authorities;
    }

    /// @param above the issuers of the signer's certificate, root last; none where it is the root itself
    private record Signer(X509Certificate certificate, List<X509Certificate> above, Authority authority) {}

    Evidence check(byte[] signature, List<Bytes> answers) throws Refusal {
        if (answers.size() > MOST) {
            throw Refusal.failed("it has " + answers.size() + " timestamps, more than " + MOST);
        }
        List<Instant> moments = new ArrayList<>();
        Optional<String> stranger = Optional.empty();
        for (Bytes answer : answers) {
            try {
                TimeStampToken token = TimestampAnswer.token(answer);
                Optional<Signer> signer = signer(token);
                if (signer.isPresent()) {
                    moments.add(check(signature, token, signer.get()));
                } else {
                    stranger =
                            Optional.of("timestamp authority " + token.getSID().getIssuer() + ", certificate "
                                    + token.getSID().getSerialNumber());
                }
            } catch (TSPException | IOException | RuntimeException malformed) {
                // Bouncy Castle throws many kinds of exceptions at malformed structures, wherever it comes upon them.
                throw Refusal.failed("its timestamp can't be read");
            }
        }
        return new Evidence(moments.size(), moments, stranger);
    }

    private Optional<Signer> signer(TimeStampToken token) throws Refusal, IOException {
        for (Authority authority : authorities) {
            X509Certificate first = authority.chain().getFirst();
            if (isBy(token, holder(first))) {
                List<X509Certificate> above =
                        authority.chain().subList(1, authority.chain().size());
                return Optional.of(new Signer(first, above, authority));
            }
        }
        for (X509CertificateHolder embedded : token.getCertificates().getMatches(null)) {
            for (Authority authority : authorities) {
                boolean its = isBy(token, embedded)
                        && embedded.getIssuer()
                                .equals(holder(authority.chain().getFirst()).getSubject());
                if (its) {
                    return Optional.of(new Signer(certificate(embedded), authority.chain(), authority));
                }
            }
        }
        return Optional.empty();
    }

    /// Letter by letter: names are otherwise alike whatever their case, and nothing here may be changed.
    private static boolean isBy(TimeStampToken token, X509CertificateHolder signer) throws IOException {
        SignerId id = token.getSID();
        return id.match(signer)
                && (id.getIssuer() == null
                        || Arrays.equals(
                                id.getIssuer().getEncoded(), signer.getIssuer().getEncoded()));
    }

    private static X509CertificateHolder holder(X509Certificate certificate) throws Refusal {
        try {
            return new JcaX509CertificateHolder(certificate);
        } catch (CertificateException e) {
            throw Refusal.failed("a timestamp authority's certificate can't be read: " + e.getMessage());
        }
    }

    private static X509Certificate certificate(X509CertificateHolder holder) throws Refusal {
        try {
            return new JcaX509CertificateConverter().getCertificate(holder);
        } catch (CertificateException e) {
            throw Refusal.failed("the certificate within its timestamp can't be read: " + e.getMessage());
        }
    }

    private static Instant check(byte[] signature, TimeStampToken token, Signer signer) throws Refusal, IOException {
        if (!holdsOnly(token, signer)) {
            throw Refusal.failed(
                    "its timestamp holds a certificate that is not one of timestamp authority " + signer.authority);
        }
        String hash = HASHES.get(token.getTimeStampInfo().getMessageImprintAlgOID());
        if (hash == null || !isOver(signature, hash, token)) {
            throw Refusal.failed("its timestamp is about another signature");
        }
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer.certificate));
        } catch (TSPException | OperatorCreationException | RuntimeException wrong) {
            throw Refusal.failed("its timestamp is not as timestamp authority " + signer.authority + " made it: "
                    + wrong.getMessage());
        }
        Instant moment = token.getTimeStampInfo().getGenTime().toInstant();
        if (!signer.above.isEmpty()) {
            CertificateChains.validate("its timestamp's signer", signer.certificate, signer.above, moment);
        }
        if (!signer.authority.validity().contains(moment)) {
            throw Refusal.failed("timestamp authority " + signer.authority + " was not trusted at " + moment
                    + ": that is " + signer.authority.validity());
        }
        return moment;
    }

    /// Certificates within a timestamp are not signed with it: they have to be the ones we know.
    private static boolean holdsOnly(TimeStampToken token, Signer signer) throws IOException, Refusal {
        for (X509CertificateHolder embedded : token.getCertificates().getMatches(null)) {
            X509Certificate certificate = certificate(embedded);
            if (!certificate.equals(signer.certificate)
                    && !signer.authority.chain().contains(certificate)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOver(byte[] signature, String hash, TimeStampToken token) {
        try {
            return MessageDigest.isEqual(
                    MessageDigest.getInstance(hash).digest(signature),
                    token.getTimeStampInfo().getMessageImprintDigest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has these
        }
    }
}
