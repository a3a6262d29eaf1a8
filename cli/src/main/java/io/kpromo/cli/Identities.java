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

/// What the flags of [IdentityFlags] mean. Apart from them, for with it the room of trust is opened.
record Identities(
        Optional<Path> key,
        Optional<Path> trustedRoot,
        String subject,
        String subjectExpression,
        String issuer,
        String issuerExpression) {
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
