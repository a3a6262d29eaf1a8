// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

/// The flags that say whose certificates count.
final class CertificateFlags {
    private String subject = "";
    private String subjectExpression = "";
    private String issuer = "";
    private String issuerExpression = "";

    /// What they say; empty texts where they say nothing. Expressions win.
    record Chosen(String subject, String subjectExpression, String issuer, String issuerExpression) {
        boolean isGiven() {
            return namesSubject() || namesIssuer();
        }

        boolean namesSubject() {
            return !(subject + subjectExpression).isEmpty();
        }

        boolean namesIssuer() {
            return !(issuer + issuerExpression).isEmpty();
        }

        /// The same, with these where no others are named.
        Chosen or(String otherSubject, String otherIssuer) {
            return new Chosen(
                    subject.isEmpty() ? otherSubject : subject,
                    subjectExpression,
                    issuer.isEmpty() ? otherIssuer : issuer,
                    issuerExpression);
        }
    }

    /// @param aboutSubject what the identity is for
    /// @param aboutIssuer what the issuer is for
    void describe(Flags flags, String aboutSubject, String aboutIssuer) {
        String expression = "The same as an expression, which has to match all of it; wins where set.";
        flags.text("--certificate-identity", "ID", aboutSubject, id -> subject = id)
                .text("--certificate-identity-regexp", "RE2", expression, re -> subjectExpression = re)
                .text("--certificate-oidc-issuer", "URL", aboutIssuer, url -> issuer = url)
                .text("--certificate-oidc-issuer-regexp", "RE2", expression, re -> issuerExpression = re);
    }

    Chosen chosen() {
        return new Chosen(subject, subjectExpression, issuer, issuerExpression);
    }
}
