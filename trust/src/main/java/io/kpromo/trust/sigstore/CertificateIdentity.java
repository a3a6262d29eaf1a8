// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Identity;
import io.kpromo.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.jspecify.annotations.Nullable;

/// Whom a certificate of Fulcio names. Fulcio's "Certificate specification" and "Sigstore OID information".
public final class CertificateIdentity {
    private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";
    private static final String OLD_ISSUER = "1.3.6.1.4.1.57264.1.1";
    private static final int OTHER_NAME = 0;
    private static final int EMAIL = 1;
    private static final int URI = 6;
    private static final Set<Integer> NAMES = Set.of(OTHER_NAME, EMAIL, URI);

    private CertificateIdentity() {}

    /// @throws TrustException where it names nobody, or more than one
    public static Identity.Certificate of(X509Certificate certificate) {
        return new Identity.Certificate(subject(certificate), issuer(certificate));
    }

    private static String subject(X509Certificate certificate) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            throw new TrustException("the certificate's subject alternative name can't be read", e);
        }
        if (names == null || names.size() != 1) {
            throw new TrustException("the certificate has " + (names == null ? "no" : names.size())
                    + " subject alternative names, not one");
        }
        List<?> name = names.iterator().next();
        Object value = (int) name.getFirst() == OTHER_NAME && name.size() > 3 ? name.get(3) : name.get(1);
        if (NAMES.contains((int) name.getFirst()) && value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new TrustException("the certificate's subject alternative name is neither an e-mail address nor a URI nor"
                + " another name in UTF-8");
    }

    private static String issuer(X509Certificate certificate) {
        byte @Nullable [] now = certificate.getExtensionValue(ISSUER);
        byte @Nullable [] before = certificate.getExtensionValue(OLD_ISSUER);
        try {
            if (now != null) {
                return ASN1UTF8String.getInstance(content(now)).getString();
            }
            if (before != null) {
                return new String(content(before), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw new TrustException("the certificate's extension for the token's issuer can't be read", e);
        }
        throw new TrustException("the certificate does not say which issuer vouched for its subject");
    }

    private static byte[] content(byte[] extension) {
        return ASN1OctetString.getInstance(extension).getOctets();
    }
}
