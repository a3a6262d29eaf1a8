// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.trust.TrustException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The one certificate that all sign with while it lives; the next is asked for once, by the first who needs it.
final class CertificateSource {
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final InFlight.Work<FulcioClient> fulcio;
    private final IdentityTokens tokens;
    private final InstantSource clock;
    private final InFlight<String, SigningCertificate> asked = InFlight.passing(LONGEST);
    private final AtomicReference<Optional<SigningCertificate>> held = new AtomicReference<>(Optional.empty());

    /// @param fulcio whom to ask, once there is a token to ask with
    CertificateSource(InFlight.Work<FulcioClient> fulcio, IdentityTokens tokens, InstantSource clock) {
        this.fulcio = fulcio;
        this.tokens = tokens;
        this.clock = clock;
    }

    SigningCertificate current() throws InterruptedException {
        Optional<SigningCertificate> known = fresh();
        return known.isPresent() ? known.get() : asked.once("certificate", this::renewed);
    }

    private Optional<SigningCertificate> fresh() {
        return held.get().filter(certificate -> certificate.isFresh(clock.instant()));
    }

    private SigningCertificate renewed() throws InterruptedException {
        Optional<SigningCertificate> meanwhile = fresh();
        if (meanwhile.isPresent()) {
            return meanwhile.get();
        }
        Secret token = tokens.token()
                .orElseThrow(() -> new TrustException("there is no identity token to get a certificate with: set"
                        + " SIGSTORE_ID_TOKEN, run where GitHub Actions or Google give one, or sign with --key"));
        KeyPair keys = SigningCertificate.newKeys();
        SigningCertificate certificate =
                new SigningCertificate(keys, fulcio.run().certify(keys, token), clock.instant());
        held.set(Optional.of(certificate));
        return certificate;
    }

    /// Nobody signs with this one any more.
    void drop(SigningCertificate old) {
        held.updateAndGet(current -> current.filter(certificate -> certificate != old));
    }

    void close() {
        held.set(Optional.empty());
    }
}
