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
import io.kpromo.trust.verify.Verifier;
import java.util.Optional;

/// Signs with short-lived certificates. Neither a token nor a root of trust is asked for before it is needed.
final class KeylessNotary implements Notary, AutoCloseable {
    private final KeylessSignatory signatory;
    private final Optional<ExpectedIdentity> expected;
    private final InFlight.Work<Verifier> opened;
    private final InFlight<String, Verifier> verifier = InFlight.keeping();

    /// @param expected empty where those signatures count that this run itself would make
    /// @param opened opens the verifier with its root of trust, when it is first needed
    KeylessNotary(KeylessSignatory signatory, Optional<ExpectedIdentity> expected, InFlight.Work<Verifier> opened) {
        this.signatory = signatory;
        this.expected = expected;
        this.opened = opened;
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
        return verifier.once("verifier", opened);
    }

    @Override
    public Signatory signatory() {
        return signatory;
    }

    @Override
    public boolean signsTags() throws InterruptedException {
        return signatory.promises();
    }

    @Override
    public void close() {
        signatory.close();
    }
}
