// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Certificates and keys in text. RFC 7468.
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";
    private static final long LARGEST = 16L * 1024 * 1024;

    private Pem() {}

    private static final class Block {
        private final String label;
        private final byte[] content;

        Block(String label, byte[] content) {
            this.label = label;
            this.content = content;
        }
    }

    /// All certificates of a file, in order. Other things in it are passed over, and certificates that Java can't
    /// read too, as long as one is left.
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks(file)) {
                if (block.label.equals("CERTIFICATE")) {
                    try {
                        certificates.add(
                                (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content)));
                    } catch (GeneralSecurityException unreadable) {
                        // As programs in Go do; bundles hold oddities that nobody needs.
                    }
                }
            }
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
        return certificates;
    }

    /// The private key of a file, in the form of PKCS #8, PKCS #1 (RSA) or SEC 1 (elliptic curves).
    ///
    /// @param publicKey the one that belongs to it
    /// @throws IOException when there is none, or it is encrypted; says what to do
    static PrivateKey privateKey(Path file, PublicKey publicKey) throws IOException {
        for (Block block : blocks(file)) {
            try {
                switch (block.label) {
                    case "PRIVATE KEY" -> {
                        return key(block.content, publicKey);
                    }
                    case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                        return key(wrapped(block.content, algorithm(publicKey)), publicKey);
                    }
                    case "ENCRYPTED PRIVATE KEY" ->
                        throw new IOException(file + ": the key is encrypted; write it without a password: openssl pkey"
                                + " -in FILE -out FILE");
                    default -> {}
                }
            } catch (GeneralSecurityException e) {
                throw new IOException(file + ": the key does not belong to its certificate, or can't be read", e);
            }
        }
        throw new IOException(file + ": holds no private key in PEM form");
    }

    private static PrivateKey key(byte[] pkcs8, PublicKey publicKey) throws GeneralSecurityException {
        return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /// PKCS #8 around an older form: version, algorithm, key.
    private static byte[] wrapped(byte[] key, byte[] algorithm) throws IOException {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.write(new byte[] {2, 1, 0});
        inner.write(algorithm);
        inner.write(element(4, key));
        return element(0x30, inner.toByteArray());
    }

    /// The algorithm and its parameters, as they stand first within an encoded public key.
    private static byte[] algorithm(PublicKey publicKey) {
        byte[] encoded = publicKey.getEncoded();
        int at = 2 + (encoded[1] < 0 ? encoded[1] & 0x7f : 0);
        // An algorithm is always shorter than 128 bytes.
        return Arrays.copyOfRange(encoded, at, at + 2 + encoded[at + 1]);
    }

    private static byte[] element(int tag, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.write(content);
        return out.toByteArray();
    }

    private static List<Block> blocks(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + ": too large for a file of certificates");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
            int end = labelEnd < 0 ? -1 : text.indexOf("-----END", labelEnd);
            if (end < 0) {
                break;
            }
            try {
                byte[] content = Base64.getMimeDecoder().decode(text.substring(labelEnd + DASHES.length(), end));
                blocks.add(new Block(text.substring(at + BEGIN.length(), labelEnd), content));
            } catch (IllegalArgumentException notBase64) {
                // Passed over, like all that is not what is looked for.
            }
        }
        return blocks;
    }
}
