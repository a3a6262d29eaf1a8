// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import com.google.re2j.PatternSyntaxException;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.TextPattern;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.key.Fingerprint;
import io.kpromo.trust.key.KeyVerifier;
import io.kpromo.trust.sigstore.PublicSigstore;
import io.kpromo.trust.sigstore.TrustedRoot;
import io.kpromo.trust.verify.CertificateVerifier;
import io.kpromo.trust.verify.MaterialVerifier;
import io.kpromo.trust.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
        if (key.isPresent()) {
            if (namesCertificate()) {
                throw new UsageException("--key and --certificate-… exclude each other; name one signer");
            }
            return new ExpectedIdentity.Key(Fingerprint.identity(PublicKeyNotary.one(key.get())));
        }
        if ((subject + subjectExpression).isEmpty() || (issuer + issuerExpression).isEmpty()) {
            throw new UsageException("nobody's signatures count: name a public key with --key, or a certificate with"
                    + " --certificate-identity (or …-regexp) and --certificate-oidc-issuer (or …-regexp)");
        }
        return new ExpectedIdentity.Certificate(
                pattern("--certificate-identity-regexp", subject, subjectExpression),
                pattern("--certificate-oidc-issuer-regexp", issuer, issuerExpression));
    }

    private static TextPattern pattern(String flag, String exactly, String expression) {
        try {
            return expression.isEmpty() ? new TextPattern.Exactly(exactly) : TextPattern.Expression.of(expression);
        } catch (PatternSyntaxException e) {
            throw new UsageException(flag + ": " + e.getMessage(), e);
        }
    }

    /// Checks what was signed with the key and with certificates; the root of the latter is opened when it is
    /// needed: a file, or the public Sigstore's by way of TUF.
    Verifier verifier(Session session, Root root) {
        return new MaterialVerifier(
                key.map(file -> KeyVerifier.of(List.of(PublicKeyNotary.one(file)))),
                Optional.of(() -> CertificateVerifier.of(trusted(session, root))));
    }

    private TrustedRoot trusted(Session session, Root root) throws InterruptedException {
        if (trustedRoot.isEmpty()) {
            return publicRoot(session, root);
        }
        Path file = trustedRoot.get();
        try {
            return TrustedRoot.parse(Bytes.of(Files.readAllBytes(file)), file.toString());
        } catch (IOException e) {
            throw new TrustException("cannot read the trusted root " + file + ": " + e.getMessage(), e);
        }
    }

    private static TrustedRoot publicRoot(Session session, Root root) throws InterruptedException {
        Path folder = PublicSigstore.folder(
                        root.console().environment(),
                        root.console().variable("HOME").map(Path::of))
                .orElseThrow(() -> new TrustException("there is no folder to keep the public Sigstore's root in: set"
                        + " HOME, or name a root with --trusted-root"));
        return new PublicSigstore(session.transport(), folder, InstantSource.system()).root();
    }
}
