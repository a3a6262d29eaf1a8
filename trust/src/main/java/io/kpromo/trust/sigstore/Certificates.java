// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Certificates as bytes and as text.
public final class Certificates {
    private static final int MOST = 16;
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Certificates() {}

    /// The certificate, if these bytes are one in DER and nothing else.
    public static Optional<X509Certificate> parse(Bytes der) {
        try {
            X509Certificate certificate =
                    (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der.array()));
            return Bytes.of(certificate.getEncoded()).equals(der) ? Optional.of(certificate) : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /// The certificates in this PEM, in order; none where there is anything else in it, or too many.
    public static List<X509Certificate> parsePem(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        String rest = pem.strip();
        while (!rest.isEmpty()) {
            int end = rest.indexOf(END);
            Optional<X509Certificate> next = rest.startsWith(BEGIN) && end > 0
                    ? certificate(rest.substring(BEGIN.length(), end))
                    : Optional.empty();
            if (next.isEmpty() || certificates.size() == MOST) {
                return List.of();
            }
            certificates.add(next.get());
            rest = rest.substring(end + END.length()).strip();
        }
        return certificates;
    }

    private static Optional<X509Certificate> certificate(String base64) {
        try {
            String text = base64.replaceAll("\\s", "");
            Bytes der = Bytes.ofBase64(text);
            return der.base64().equals(text) ? parse(der) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static Bytes der(X509Certificate certificate) {
        try {
            return Bytes.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e); // it was read from its encoding
        }
    }

    /// As OpenSSL writes it, with a line feed at the end.
    public static String pem(X509Certificate certificate) {
        return BEGIN + "\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(der(certificate).array())
                + "\n" + END + "\n";
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
