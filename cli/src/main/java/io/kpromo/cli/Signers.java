// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.proof.SignatureFormat;
import io.kpromo.images.trust.NotaryVerifier;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.key.SigningKeys;
import io.kpromo.trust.sigstore.KeylessSignatory;
import io.kpromo.trust.sigstore.TokenClaims;
import io.kpromo.trust.verify.CertificateVerifier;
import io.kpromo.trust.verify.MaterialVerifier;
import io.kpromo.trust.verify.Verifier;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Opens who signs as the flags say. Apart from them, for with it rooms are opened.
final class Signers {
    private final Root root;
    private final SignerFlags.Chosen chosen;
    private final KeylessAccess keyless;

    Signers(Root root, SignerFlags.Chosen chosen) {
        this.root = root;
        this.chosen = chosen;
        this.keyless = new KeylessAccess(root, chosen.keyless());
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
            if (confirm) {
                refuseOthers();
            }
            return keyless(format, session.transport(), clock);
        }
        if (chosen.certificate().isGiven()) {
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
        KeylessSignatory signatory = keyless.signatory(transport, keyless.tokensOf(transport, account), false, clock);
        ExpectedIdentity expected =
                ExpectedCertificate.of(new CertificateFlags.Chosen(account, "", SignerFlags.ISSUER, ""));
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
        MaterialVerifier.Source certificates = () -> CertificateVerifier.of(keyless.trustedRoot(transport, clock));
        boolean wanted =
                policies.trustCertificates() || chosen.keyless().trustedRoot().isPresent();
        return new MaterialVerifier(Optional.of(own), wanted ? Optional.of(certificates) : Optional.empty());
    }

    private Opened keyless(SignatureFormat format, Transport transport, InstantSource clock) {
        // Without a promise of the log in it, a signature under a tag verifies only for who does without the log.
        boolean bundlesAlone = format == SignatureFormat.BOTH
                && keyless.named(clock.instant())
                        .filter(services -> services.logs().stream().noneMatch(log -> log.version() == 1))
                        .isPresent();
        SignatureFormat possible = bundlesAlone ? SignatureFormat.BUNDLE : format;
        if (bundlesAlone) {
            root.log().info("this Sigstore's log is Rekor 2: signatures are written as bundles alone");
        }
        boolean tagsAlone = possible == SignatureFormat.TAG;
        KeylessSignatory signatory =
                keyless.signatory(transport, keyless.tokens(transport, chosen.account()), tagsAlone, clock);
        KeylessNotary notary = new KeylessNotary(signatory, expected(), () -> {
            CertificateVerifier verifier = CertificateVerifier.of(keyless.trustedRoot(transport, clock));
            // What is under a tag alone has no log entry there, and is not to be signed again for that.
            return tagsAlone && !signatory.promises() ? verifier.withoutLog() : verifier;
        });
        return new Opened(notary, possible, notary::close);
    }

    /// What is signed by somebody who isn't expected would be found missing again. Who a token is for, it says
    /// itself; that is a hint, but good enough to ask nobody.
    ///
    /// @throws UsageException where those who would sign are not those whose signatures count
    void refuseOthers() throws InterruptedException {
        Optional<ExpectedIdentity> wanted = chosen.key().isEmpty() ? expected() : Optional.empty();
        if (wanted.isEmpty()) {
            return;
        }
        if (!keyless.hasToken()) {
            Identity.Certificate account = new Identity.Certificate(chosen.account(), SignerFlags.ISSUER);
            if (!wanted.get().matches(account)) {
                throw refused(chosen.account(), wanted.get());
            }
            return;
        }
        Optional<TokenClaims> claims = keyless.claims();
        if (claims.isPresent() && claims.get().rulesOut(wanted.get())) {
            throw refused(claims.get().signer().orElseThrow().toString(), wanted.get());
        }
    }

    private static UsageException refused(String signer, ExpectedIdentity wanted) {
        return new UsageException("refused: this run would sign as " + signer + ", but signatures count that are by "
                + wanted + "; nothing was written");
    }

    /// Who brings a token signs as whoever it is for, unless it is said who is expected.
    private Optional<ExpectedIdentity> expected() {
        if (!chosen.certificate().isGiven() && keyless.hasToken()) {
            return Optional.empty();
        }
        return Optional.of(ExpectedCertificate.of(chosen.certificate().or(chosen.account(), SignerFlags.ISSUER)));
    }
}
