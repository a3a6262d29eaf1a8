// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

/// The flags that say who signs, and whose signatures count.
final class SignerFlags {
    static final String ACCOUNT = "krel-trust@k8s-releng-prod.iam.gserviceaccount.com";
    static final String ISSUER = "https://accounts.google.com";

    private final KeylessFlags keyless = new KeylessFlags();
    private String key = "";
    private String account = ACCOUNT;
    private String subject = "";
    private String subjectExpression = "";
    private String issuer = "";
    private String issuerExpression = "";

    /// What they say; empty texts where they say nothing.
    record Chosen(
            String key,
            String account,
            String subject,
            String subjectExpression,
            String issuer,
            String issuerExpression,
            KeylessFlags.Chosen keyless) {
        boolean namesCertificate() {
            return !(subject + subjectExpression + issuer + issuerExpression).isEmpty();
        }
    }

    void describe(Flags flags) {
        flags.text(
                        "--key",
                        "FILE",
                        "Sign with this private key instead: made by kpromo keys generate or cosign, or PKCS #8.",
                        file -> key = file)
                .text(
                        "--signer-account",
                        "ACCOUNT",
                        "Google service account to sign as. Default: " + ACCOUNT + ".",
                        a -> account = a)
                .text(
                        "--certificate-identity",
                        "ID",
                        "Identity that signatures must carry. Default: the account.",
                        id -> subject = id)
                .text(
                        "--certificate-identity-regexp",
                        "RE2",
                        "The same as an expression, which has to match all of it; wins where set.",
                        re -> subjectExpression = re)
                .text(
                        "--certificate-oidc-issuer",
                        "URL",
                        "Issuer that signatures must carry. Default: " + ISSUER + ".",
                        u -> issuer = u)
                .text(
                        "--certificate-oidc-issuer-regexp",
                        "RE2",
                        "The same as an expression, which has to match all of it; wins where set.",
                        re -> issuerExpression = re);
        keyless.describe(flags);
    }

    Chosen chosen() {
        return new Chosen(key, account, subject, subjectExpression, issuer, issuerExpression, keyless.chosen());
    }
}
