// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust;

/// Who made a signature, as the signature proves it.
public sealed interface Identity {
    /// Somebody who holds a key.
    ///
    /// @param fingerprint of the public key: SHA-256 of its SubjectPublicKeyInfo in DER, lower-case hex
    record Key(String fingerprint) implements Identity {
        @Override
        public String toString() {
            return "key " + fingerprint;
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
