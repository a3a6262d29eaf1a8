// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.store.SignedPayload;
import java.util.Optional;

/// Brings each signature to who can check it: those made with keys to one verifier, those made with certificates to
/// another, which is opened when the first of these is met. So nobody asks for roots of trust who meets keys alone.
public final class MaterialVerifier implements Verifier {
    /// Where a verifier comes from: a file, perhaps a service.
    @FunctionalInterface
    public interface Source {
        /// @throws io.kpromo.trust.TrustException where it can't be had
        Verifier open() throws InterruptedException;
    }

    private static final Verdict NO_KEY = new Verdict.Unverifiable("it is signed with a key, and no key is at hand");
    private static final Verdict NO_ROOT =
            new Verdict.Unverifiable("it is signed with a certificate, and no trusted root is at hand");

    private final Optional<Verifier> keys;
    private final Optional<Source> certificates;
    private final InFlight<Boolean, Verifier> opened = InFlight.keeping();

    /// @param keys checks what was signed with keys
    /// @param certificates opened at most once
    public MaterialVerifier(Optional<Verifier> keys, Optional<Source> certificates) {
        this.keys = keys;
        this.certificates = certificates;
    }

    /// @throws io.kpromo.trust.TrustException where a verifier that it takes can't be had
    @Override
    public Verdict verify(Bundle bundle) throws InterruptedException {
        return switch (bundle.material()) {
            case Material.PublicKeyHint _ -> keys.isPresent() ? keys.get().verify(bundle) : NO_KEY;
            case Material.Certificates _ ->
                certificates.isPresent() ? certificates().verify(bundle) : NO_ROOT;
        };
    }

    /// @throws io.kpromo.trust.TrustException where a verifier that it takes can't be had
    @Override
    public Verdict verify(SignedPayload signed) throws InterruptedException {
        if (signed.annotations().containsKey(SignedPayload.CERTIFICATE)) {
            return certificates.isPresent() ? certificates().verify(signed) : NO_ROOT;
        }
        return keys.isPresent() ? keys.get().verify(signed) : NO_KEY;
    }

    private Verifier certificates() throws InterruptedException {
        return opened.once(true, certificates.orElseThrow()::open);
    }
}
