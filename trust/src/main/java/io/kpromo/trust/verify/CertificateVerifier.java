// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.sigstore.CertificateIdentity;
import io.kpromo.trust.sigstore.Certificates;
import io.kpromo.trust.sigstore.SignatureCheck;
import io.kpromo.trust.sigstore.TrustedRoot;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.store.SignedPayload;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Verifies what was signed with short-lived certificates, against the root of a Sigstore instance; asks nobody.
///
/// A signature verifies where an authority of the root issued its certificate for signing code; where, if the
/// root names logs of certificates, one of them has promised to publish it; where, if the root names logs of
/// signatures, one of them holds this very signature; and where a log or a timestamp authority proves that it was
/// made during the life of the certificate. All evidence by parties that the root knows has to be right; that of
/// others is left aside.
public final class CertificateVerifier implements Verifier {
    private final boolean logged;
    private final TrustedRoot root;
    private final CertificateChains chains;
    private final CertificatePromises promises;
    private final LogEntries logs;
    private final Timestamps timestamps;

    private CertificateVerifier(TrustedRoot root, boolean logged) {
        this.root = root;
        this.logged = logged;
        this.chains = new CertificateChains(root.certificateAuthorities());
        this.promises = new CertificatePromises(root);
        this.logs = new LogEntries(root);
        this.timestamps = new Timestamps(root.timestampAuthorities());
    }

    public static CertificateVerifier of(TrustedRoot root) {
        return new CertificateVerifier(root, !root.logs().isEmpty());
    }

    /// One that is content with a timestamp where no log entry comes with a signature: signatures in tag form that
    /// were made where the log is Rekor 2.
    public CertificateVerifier withoutLog() {
        return new CertificateVerifier(root, false);
    }

    @Override
    public Verdict verify(Bundle bundle) {
        if (!(bundle.material() instanceof Material.Certificates(List<Bytes> chain))) {
            return new Verdict.Unverifiable("it is signed with a key, not with a certificate");
        }
        if (bundle.envelope().signatures().size() != 1) {
            return new Verdict.Failed("its envelope has "
                    + bundle.envelope().signatures().size() + " signatures, not the one that the certificate is for");
        }
        try {
            List<X509Certificate> certificates = certificates(chain);
            Envelope envelope = bundle.envelope();
            Bytes signature = envelope.signatures().getFirst().bytes();
            Signed signed =
                    new Signed(certificates.getFirst(), signature, envelope.signedBytes(), Optional.of(envelope));
            return verified(signed, certificates, bundle.entries(), bundle.timestamps());
        } catch (Refusal refusal) {
            return refusal.verdict();
        }
    }

    @Override
    public Verdict verify(SignedPayload signed) {
        try {
            Optional<LayerProof> proof = LayerProof.of(signed.annotations());
            if (proof.isEmpty()) {
                return new Verdict.Unverifiable("it is signed with a key, not with a certificate");
            }
            List<X509Certificate> chain = certificates(proof.get().chain());
            Bytes signature = LayerProof.signature(signed.annotations());
            return verified(
                    new Signed(chain.getFirst(), signature, signed.payload(), Optional.empty()),
                    chain,
                    proof.get().entries(),
                    proof.get().timestamps());
        } catch (TrustException malformed) {
            return new Verdict.Failed(String.valueOf(malformed.getMessage()));
        } catch (Refusal refusal) {
            return refusal.verdict();
        }
    }

    private static List<X509Certificate> certificates(List<Bytes> chain) throws Refusal {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Bytes der : chain) {
            certificates.add(
                    Certificates.parse(der).orElseThrow(() -> Refusal.failed("one of its certificates can't be read")));
        }
        if (certificates.isEmpty()) {
            throw Refusal.failed("it has no certificate");
        }
        return certificates;
    }

    private Verdict verified(Signed signed, List<X509Certificate> chain, List<LogEntry> entries, List<Bytes> times)
            throws Refusal {
        byte[] signature = signed.signature().array();
        X509Certificate leaf = signed.certificate();
        if (!SignatureCheck.verifies(leaf.getPublicKey(), signed.message().array(), signature)) {
            throw Refusal.failed("the signature is not one of the certificate's key over what is signed");
        }
        chains.requireLinked(chain);
        Evidence inTimestamps = timestamps.check(signature, times);
        Evidence inLogs = logs.check(signed, entries, inTimestamps.moments());
        if (logged && inLogs.known() == 0) {
            throw inLogs.missing("no log of signatures that the trusted root names has it");
        }
        List<Instant> moments = new ArrayList<>(inTimestamps.moments());
        moments.addAll(inLogs.moments());
        if (moments.isEmpty()) {
            throw inTimestamps.or(inLogs).missing("neither a log nor a timestamp authority proves when it was signed");
        }
        X509Certificate issuer = leaf;
        for (Instant moment : moments) {
            issuer = chains.issuer(leaf, moment);
        }
        promises.check(leaf, issuer);
        return new Verdict.Verified(identity(leaf), moments.stream().min(Instant::compareTo));
    }

    private static Identity identity(X509Certificate leaf) throws Refusal {
        try {
            return CertificateIdentity.of(leaf);
        } catch (TrustException nobody) {
            throw Refusal.failed(String.valueOf(nobody.getMessage()));
        }
    }
}
