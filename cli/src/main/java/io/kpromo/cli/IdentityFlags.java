// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.verify.Verifier;
import java.nio.file.Path;
import java.util.Optional;

/// The flags that say whose signatures count, and what they are checked with.
final class IdentityFlags {
    private Optional<Path> key = Optional.empty();
    private Optional<Path> trustedRoot = Optional.empty();
    private String subject = "";
    private String subjectExpression = "";
    private String issuer = "";
    private String issuerExpression = "";

    /// Those that say who is expected, and what to check with.
    void describe(Flags flags) {
        describeMeans(flags.section("Whose signatures count"));
        flags.text("--certificate-identity", "ID", "Identity in the signer's certificate.", id -> subject = id)
                .text(
                        "--certificate-identity-regexp",
                        "RE2",
                        "The same as an expression, which has to match all of it; wins where set.",
                        re -> subjectExpression = re)
                .text(
                        "--certificate-oidc-issuer",
                        "URL",
                        "Issuer that vouches for the identity in the certificate.",
                        url -> issuer = url)
                .text(
                        "--certificate-oidc-issuer-regexp",
                        "RE2",
                        "The same as an expression, which has to match all of it; wins where set.",
                        re -> issuerExpression = re);
    }

    /// Those that say what to check with, whoever has signed.
    void describeMeans(Flags flags) {
        flags.file("--key", "FILE", "Public key (PEM) of the signer.", file -> key = Optional.of(file))
                .file(
                        "--trusted-root",
                        "FILE",
                        "trusted_root.json of a Sigstore instance. Default: the public one's.",
                        file -> trustedRoot = Optional.of(file));
    }

    /// Whether somebody is named whose signatures count.
    boolean given() {
        return key.isPresent() || namesCertificate();
    }

    private boolean namesCertificate() {
        return !(subject + subjectExpression + issuer + issuerExpression).isEmpty();
    }

    /// @throws UsageException where nobody is named, or not just one
    ExpectedIdentity expected() {
        return identities().expected();
    }

    /// Checks what was signed with the key and with certificates; the root of the latter is opened when it is
    /// needed.
    Verifier verifier(Session session, Root root) {
        return identities().verifier(session, root);
    }

    private Identities identities() {
        return new Identities(key, trustedRoot, subject, subjectExpression, issuer, issuerExpression);
    }
}
