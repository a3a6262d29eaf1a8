// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import com.google.re2j.PatternSyntaxException;
import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.proof.SignatureFormat;
import io.kpromo.images.trust.NotaryVerifier;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TextPattern;
import io.kpromo.trust.key.SigningKeys;
import io.kpromo.trust.sigstore.KeylessSignatory;
import io.kpromo.trust.sigstore.SigningServices;
import io.kpromo.trust.verify.CertificateVerifier;
import io.kpromo.trust.verify.MaterialVerifier;
import io.kpromo.trust.verify.Verifier;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Opens who signs as the flags say. Apart from them, for with it rooms are opened.
record Signers(Root root, SignerFlags.Chosen chosen) {
    private KeylessAccess keyless() {
        return new KeylessAccess(root, chosen.keyless());
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
        if (chosen.key().isEmpty()) {
            return keyless(format, session.transport(), clock);
        }
        if (chosen.namesCertificate()) {
            throw new UsageException(
                    "--key and --certificate-… exclude each other: a key's signatures carry no identity");
        }
        if (!confirm && !SigningKeys.isOfService(chosen.key()) && PublicKeyNotary.isPublic(Path.of(chosen.key()))) {
            return new Opened(PublicKeyNotary.of(Path.of(chosen.key())), format, () -> {});
        }
        Keyring keys = new Keyring(root.console(), () -> session);
        KeyNotary notary = new KeyNotary(() -> keys.open(chosen.key()));
        if (confirm) {
            notary.signatory();
        }
        return new Opened(notary, format, notary::close);
    }

    /// Signs as a Google service account, whatever other tokens there are. What it has signed is verified as the
    /// others' is.
    Opened ofAccount(String account, Opened others, Session session, InstantSource clock) {
        Transport transport = session.transport();
        KeylessSignatory signatory = new KeylessSignatory(
                transport, keyless().services(clock.instant()), keyless().tokensOf(transport, account), false, clock);
        ExpectedIdentity expected = new ExpectedIdentity.Certificate(
                new TextPattern.Exactly(account), new TextPattern.Exactly(SignerFlags.ISSUER));
        KeylessNotary notary = new KeylessNotary(
                signatory, Optional.of(expected), () -> others.notary().verifier());
        return new Opened(notary, others.format(), notary::close);
    }

    /// Verifies what lies in staging, where others have signed. With a key that is still its holder, and whoever
    /// has a certificate where a policy names one, or there is a root to verify with; the public one is asked for
    /// only when such a signature is met. Elsewhere a key needs nobody's root, and asks for none.
    Verifier forStaging(Opened opened, Policies policies, Transport transport, InstantSource clock) {
        Verifier own = new NotaryVerifier(opened.notary());
        if (chosen.key().isEmpty()) {
            return own;
        }
        MaterialVerifier.Source certificates =
                () -> CertificateVerifier.of(keyless().trustedRoot(transport, clock));
        boolean wanted =
                policies.trustCertificates() || chosen.keyless().trustedRoot().isPresent();
        return new MaterialVerifier(Optional.of(own), wanted ? Optional.of(certificates) : Optional.empty());
    }

    private Opened keyless(SignatureFormat format, Transport transport, InstantSource clock) {
        SigningServices services = keyless().services(clock.instant());
        // Without a promise of the log in it, a signature under a tag verifies only for who does without the log.
        boolean promises = services.logs().stream().anyMatch(log -> log.version() == 1);
        SignatureFormat possible = format == SignatureFormat.BOTH && !promises ? SignatureFormat.BUNDLE : format;
        if (possible != format) {
            root.log().info("this Sigstore's log is Rekor 2: signatures are written as bundles alone");
        }
        KeylessSignatory signatory = new KeylessSignatory(
                transport,
                services,
                keyless().tokens(transport, chosen.account()),
                possible == SignatureFormat.TAG,
                clock);
        // What is under a tag alone has no log entry there, and is not to be signed again for that.
        boolean bare = possible == SignatureFormat.TAG && !promises;
        KeylessNotary notary = new KeylessNotary(signatory, expected(), () -> {
            CertificateVerifier verifier = CertificateVerifier.of(keyless().trustedRoot(transport, clock));
            return bare ? verifier.withoutLog() : verifier;
        });
        return new Opened(notary, possible, notary::close);
    }

    /// What is signed by an account that isn't expected would be found missing again. Of tokens and keys nobody
    /// knows beforehand whose they are.
    ///
    /// @throws UsageException where the account is not the one whose signatures count
    void refuseOtherAccounts() {
        Optional<ExpectedIdentity> wanted =
                chosen.key().isEmpty() && !keyless().hasToken() ? expected() : Optional.empty();
        if (wanted.isPresent()
                && !wanted.get().matches(new Identity.Certificate(chosen.account(), SignerFlags.ISSUER))) {
            throw new UsageException("refused: this run would sign as " + chosen.account()
                    + ", but signatures count that are by " + wanted.get() + "; nothing was written");
        }
    }

    /// Who brings a token signs as whoever it is for, unless it is said who is expected.
    private Optional<ExpectedIdentity> expected() {
        if (!chosen.namesCertificate() && keyless().hasToken()) {
            return Optional.empty();
        }
        return Optional.of(new ExpectedIdentity.Certificate(
                pattern(
                        "--certificate-identity-regexp",
                        chosen.subject().isEmpty() ? chosen.account() : chosen.subject(),
                        chosen.subjectExpression()),
                pattern(
                        "--certificate-oidc-issuer-regexp",
                        chosen.issuer().isEmpty() ? SignerFlags.ISSUER : chosen.issuer(),
                        chosen.issuerExpression())));
    }

    private static TextPattern pattern(String flag, String exactly, String expression) {
        try {
            return expression.isEmpty() ? new TextPattern.Exactly(exactly) : TextPattern.Expression.of(expression);
        } catch (PatternSyntaxException e) {
            throw new UsageException(flag + ": " + e.getMessage(), e);
        }
    }
}
