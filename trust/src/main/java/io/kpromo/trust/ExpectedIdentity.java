// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust;

/// Whose signatures count.
public sealed interface ExpectedIdentity {
    boolean matches(Identity identity);

    /// The holder of this key.
    record Key(Identity.Key key) implements ExpectedIdentity {
        @Override
        public boolean matches(Identity identity) {
            return key.equals(identity);
        }

        @Override
        public String toString() {
            return key.toString();
        }
    }

    /// The holder of a certificate for such a subject, vouched for by such an issuer. Both have to match.
    record Certificate(TextPattern subject, TextPattern issuer) implements ExpectedIdentity {
        @Override
        public boolean matches(Identity identity) {
            return identity instanceof Identity.Certificate certificate
                    && subject.matches(certificate.subject())
                    && issuer.matches(certificate.issuer());
        }

        @Override
        public String toString() {
            return subject + " (" + issuer + ")";
        }
    }
}
