// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust;

import java.util.Optional;

/// Who made a signature, as the signature proves it.
public sealed interface Identity {
    /// Reads what an identity prints; empty where it is neither.
    static Optional<Identity> parse(String text) {
        if (text.startsWith(Key.WORD)) {
            return Optional.of(new Key(text.substring(Key.WORD.length())));
        }
        int issuer = text.lastIndexOf(" (");
        return issuer > 0 && text.endsWith(")")
                ? Optional.of(new Certificate(text.substring(0, issuer), text.substring(issuer + 2, text.length() - 1)))
                : Optional.empty();
    }

    /// Somebody who holds a key.
    ///
    /// @param fingerprint of the public key: SHA-256 of its SubjectPublicKeyInfo in DER, lower-case hex
    record Key(String fingerprint) implements Identity {
        private static final String WORD = "key ";

        @Override
        public String toString() {
            return WORD + fingerprint;
        }
    }

    /// Somebody whom a certificate authority of Sigstore has asked an OpenID Connect issuer about.
    ///
    /// @param subject the certificate's subject alternative name: an e-mail address, a URI or another name
    /// @param issuer the OpenID Connect issuer that vouched for the subject
    record Certificate(String subject, String issuer) implements Identity {
        @Override
        public String toString() {
            return subject + " (" + issuer + ")";
        }
    }
}
