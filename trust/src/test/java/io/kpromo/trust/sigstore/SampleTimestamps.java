// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/// A timestamp authority.
final class SampleTimestamps {
    private final SampleKeys.Issuer root;
    private final KeyPair keys = SampleKeys.p256();
    private final X509Certificate signer;

    SampleTimestamps(Instant from) {
        root = SampleKeys.root("CN=sample time root,O=sample", from);
        try {
            X509v3CertificateBuilder builder = SampleKeys.builder(
                    root.certificate().getSubjectX500Principal(),
                    new X500Principal("CN=sample time,O=sample"),
                    keys,
                    from,
                    Duration.ofDays(3000));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
            signer = SampleKeys.signed(builder, root.keys());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    List<X509Certificate> chain() {
        return List.of(signer, root.certificate());
    }

    Bytes over(Bytes signature, Instant at) {
        return over(signature, at, false);
    }

    Bytes over(Bytes signature, Instant at, boolean withCertificates) {
        try {
            TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
            requests.setCertReq(withCertificates);
            return answer(
                    requests.generate(
                                    NISTObjectIdentifiers.id_sha256,
                                    SampleCertificates.sha256(signature.array()).array(),
                                    BigInteger.TWO)
                            .getEncoded(),
                    at);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// @param request as it comes over the wire
    Bytes answer(byte[] request, Instant at) {
        try {
            TimeStampRequest asked = new TimeStampRequest(request);
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", keys.getPrivate(), signer),
                    new JcaDigestCalculatorProviderBuilder()
                            .build()
                            .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
                    new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.2"));
            if (asked.getCertReq()) {
                tokens.addCertificates(new JcaCertStore(chain()));
            }
            TimeStampResponseGenerator answers =
                    new TimeStampResponseGenerator(tokens, Set.of(NISTObjectIdentifiers.id_sha256.getId()));
            BigInteger serial = new BigInteger(64, new SecureRandom());
            return Bytes.of(answers.generateGrantedResponse(asked, serial, Date.from(at))
                    .getEncoded());
        } catch (IOException | TSPException | OperatorCreationException | CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
