// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import com.google.re2j.PatternSyntaxException;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.proof.SignatureFormat;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TextPattern;
import io.kpromo.trust.key.SigningKeys;
import io.kpromo.trust.sigstore.KeylessSignatory;
import io.kpromo.trust.sigstore.SigningServices;
import io.kpromo.trust.verify.CertificateVerifier;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// The flags that say who signs, and whose signatures count.
final class SignerFlags {
    static final String ACCOUNT = "krel-trust@k8s-releng-prod.iam.gserviceaccount.com";
    static final String ISSUER = "https://accounts.google.com";

    private final Root root;
    private final KeylessFlags keyless;
    private String key = "";
    private String account = ACCOUNT;
    private String subject = "";
    private String subjectExpression = "";
    private String issuer = "";
    private String issuerExpression = "";

    SignerFlags(Root root) {
        this.root = root;
        this.keyless = new KeylessFlags(root);
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

    /// Who signs, until it is closed.
    ///
    /// @param format in which this one can sign, and shall
    record Opened(Notary notary, SignatureFormat format, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /// @param confirm whether something may be signed. Then a key is opened now: that it cannot be is better known
    ///     before anything is copied
    /// @throws io.kpromo.trust.TrustException when the key cannot be opened
    Opened open(boolean confirm, SignatureFormat format, Session session, InstantSource clock)
            throws InterruptedException {
        if (key.isEmpty()) {
            return keyless(format, session.transport(), clock);
        }
        if (namesCertificate()) {
            throw new UsageException(
                    "--key and --certificate-… exclude each other: a key's signatures carry no identity");
        }
        if (!confirm && !SigningKeys.isOfService(key) && PublicKeyNotary.isPublic(Path.of(key))) {
            return new Opened(PublicKeyNotary.of(Path.of(key)), format, () -> {});
        }
        Keyring keys = new Keyring(root.console(), () -> session);
        KeyNotary notary = new KeyNotary(() -> keys.open(key));
        if (confirm) {
            notary.signatory();
        }
        return new Opened(notary, format, notary::close);
    }

    private Opened keyless(SignatureFormat format, Transport transport, InstantSource clock) {
        SigningServices services = keyless.services(clock.instant());
        // Without a promise of the log in it, a signature under a tag verifies only for who does without the log.
        boolean promises = services.logs().stream().anyMatch(log -> log.version() == 1);
        SignatureFormat possible = format == SignatureFormat.BOTH && !promises ? SignatureFormat.BUNDLE : format;
        if (possible != format) {
            root.log().info("this Sigstore's log is Rekor 2: signatures are written as bundles alone");
        }
        KeylessSignatory signatory = new KeylessSignatory(
                transport, services, keyless.tokens(transport, account), possible == SignatureFormat.TAG, clock);
        // What is under a tag alone has no log entry there, and is not to be signed again for that.
        boolean bare = possible == SignatureFormat.TAG && !promises;
        KeylessNotary notary = new KeylessNotary(signatory, expected(), () -> {
            CertificateVerifier verifier = CertificateVerifier.of(keyless.trustedRoot(transport, clock));
            return bare ? verifier.withoutLog() : verifier;
        });
        return new Opened(notary, possible, notary::close);
    }

    /// What is signed by an account that isn't expected would be found missing again. Of tokens and keys nobody
    /// knows beforehand whose they are.
    ///
    /// @throws UsageException where the account is not the one whose signatures count
    void refuseOtherAccounts() {
        Optional<ExpectedIdentity> wanted = key.isEmpty() && !keyless.hasToken() ? expected() : Optional.empty();
        if (wanted.isPresent() && !wanted.get().matches(new Identity.Certificate(account, ISSUER))) {
            throw new UsageException("refused: this run would sign as " + account
                    + ", but signatures count that are by " + wanted.get() + "; nothing was written");
        }
    }

    private boolean namesCertificate() {
        return !(subject + subjectExpression + issuer + issuerExpression).isEmpty();
    }

    /// Who brings a token signs as whoever it is for, unless it is said who is expected.
    private Optional<ExpectedIdentity> expected() {
        if (!namesCertificate() && keyless.hasToken()) {
            return Optional.empty();
        }
        return Optional.of(new ExpectedIdentity.Certificate(
                pattern("--certificate-identity-regexp", subject.isEmpty() ? account : subject, subjectExpression),
                pattern("--certificate-oidc-issuer-regexp", issuer.isEmpty() ? ISSUER : issuer, issuerExpression)));
    }

    private static TextPattern pattern(String flag, String exactly, String expression) {
        try {
            return expression.isEmpty() ? new TextPattern.Exactly(exactly) : TextPattern.Expression.of(expression);
        } catch (PatternSyntaxException e) {
            throw new UsageException(flag + ": " + e.getMessage(), e);
        }
    }
}
