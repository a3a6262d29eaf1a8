// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority of our own that signs the certificates of mail servers.
final class MailCertificates {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final X500Name AUTHORITY = new X500Name("CN=authority");

    private final KeyPair keys;
    private final X509Certificate certificate;

    MailCertificates() throws GeneralSecurityException, IOException, OperatorCreationException {
        keys = pair();
        certificate = signed(
                "CN=authority",
                keys,
                new Extension(Extension.basicConstraints, true, new BasicConstraints(0).getEncoded()));
    }

    /// The environment of somebody who believes this authority and no other.
    ///
    /// @param folder that gets its certificate
    Map<String, String> believedIn(Path folder) throws IOException, GeneralSecurityException {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Path file = Files.write(folder.resolve("authority.pem"), pem.getBytes(StandardCharsets.US_ASCII));
        return Map.of("SSL_CERT_FILE", file.toString(), "SSL_CERT_DIR", folder.toString());
    }

    /// Of a server of this name.
    SSLContext server(GeneralName name) throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPair own = pair();
        X509Certificate leaf = signed(
                "CN=server",
                own,
                new Extension(Extension.subjectAlternativeName, false, new GeneralNames(name).getEncoded()));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", own.getPrivate(), PASSWORD, new X509Certificate[] {leaf, certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate signed(String subject, KeyPair of, Extension extension)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                AUTHORITY,
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minusSeconds(3600)),
                Date.from(now.plusSeconds(3600)),
                new X500Name(subject),
                of.getPublic());
        builder.addExtension(extension);
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
}
