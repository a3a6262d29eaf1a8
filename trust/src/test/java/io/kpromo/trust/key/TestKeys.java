// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.auth.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Optional;
import java.util.function.Supplier;

/// Keys that protect nothing.
final class TestKeys {
    /// Made by cosign 3.1.3 with the password `secret`.
    static final String OF_COSIGN = """
            -----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
            eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjo2NTUzNiwiciI6
            OCwicCI6MX0sInNhbHQiOiJKejM5ZFFwenJ2RXJ0TDFEWEx5RHZsdUhYN1Ryc25Q
            bFh0RmJwL3NuSnRJPSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
            Iiwibm9uY2UiOiJ1ZWZkemc1eTUxVStlTG1laXhtWWJuTTlDOC96WWhUSSJ9LCJj
            aXBoZXJ0ZXh0IjoiMzZsbEtnbHRkSFFCbzRiQnVGMG5pdzNwUkN0UHN5dXVNR0tz
            VDQ3Q0xXUmt4T2x6ZWxxZURhc0ZKMzJTNmw0OTVlQTlPM21tendxTlhiMEVCZ0x2
            aDJKdnYzQzZvcTJhQ3ptTGphVDJLeDhOZkt3ZTNLRUdmaWY1RStVWkFCTXBwcnpo
            eCthZk9scXIxNFl4TkF0WlUzejBLTFk3eXY5YXMraW5CZ1FaVWRNNXdSeW8yYzlp
            Yks5L3I4dm9EazVYbGhXeC9tVWttemtrNVE9PSJ9
            -----END ENCRYPTED SIGSTORE PRIVATE KEY-----
            """;

    /// The public part of [#OF_COSIGN], as cosign wrote it.
    static final String PUBLIC_OF_COSIGN = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJlEK/qzp6AD3b3zMYXQRCNG/C7rA
            5CsGAwbZHetkdeU/ECDeetxdZLXcP0FlwnJcCrR9XHACkNNuMK6/PY+Q1w==
            -----END PUBLIC KEY-----
            """;

    static final Supplier<Optional<Secret>> SECRET = () -> Optional.of(Secret.of("secret"));
    static final Supplier<Optional<Secret>> UNASKED = () -> {
        throw new AssertionError("a password was asked for");
    };

    private TestKeys() {}

    /// @param kind EC with a curve or RSA with its bits (`EC secp384r1`, `RSA 2048`), or the name of another
    ///     algorithm
    static KeyPair pair(String kind) {
        try {
            String[] parts = kind.split(" ", -1);
            KeyPairGenerator generator = KeyPairGenerator.getInstance(parts[0]);
            if (parts[0].equals("EC")) {
                generator.initialize(new java.security.spec.ECGenParameterSpec(parts[1]));
            } else if (parts[0].equals("RSA")) {
                generator.initialize(Integer.parseInt(parts[1]));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A plain private key as OpenSSL writes it.
    static Path write(Path folder, KeyPair pair) {
        return write(folder, PemText.write("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    static Path write(Path folder, String text) {
        try {
            return Files.writeString(Files.createTempFile(folder, "test", ".key"), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
