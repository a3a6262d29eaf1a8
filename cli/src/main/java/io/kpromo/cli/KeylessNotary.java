// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.proof.Notary;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.TextPattern.Exactly;
import io.kpromo.trust.sigstore.KeylessSignatory;
import io.kpromo.trust.sigstore.TrustedRoot;
import io.kpromo.trust.verify.CertificateVerifier;
import io.kpromo.trust.verify.Verifier;
import java.util.Optional;
import java.util.function.Supplier;

/// Signs with short-lived certificates. Neither a token nor a root of trust is asked for before it is needed.
final class KeylessNotary implements Notary, AutoCloseable {
    private final KeylessSignatory signatory;
    private final Optional<ExpectedIdentity> expected;
    private final Supplier<TrustedRoot> root;
    private final InFlight<String, Verifier> verifier = InFlight.keeping();

    /// @param expected empty where those signatures count that this run itself would make
    KeylessNotary(KeylessSignatory signatory, Optional<ExpectedIdentity> expected, Supplier<TrustedRoot> root) {
        this.signatory = signatory;
        this.expected = expected;
        this.root = root;
    }

    @Override
    public ExpectedIdentity expected() throws InterruptedException {
        if (expected.isPresent()) {
            return expected.get();
        }
        Identity.Certificate own = signatory.identity();
        return new ExpectedIdentity.Certificate(new Exactly(own.subject()), new Exactly(own.issuer()));
    }

    @Override
    public Verifier verifier() throws InterruptedException {
        return verifier.once("verifier", () -> CertificateVerifier.of(root.get()));
    }

    @Override
    public Signatory signatory() {
        return signatory;
    }

    @Override
    public void close() {
        signatory.close();
    }
}
