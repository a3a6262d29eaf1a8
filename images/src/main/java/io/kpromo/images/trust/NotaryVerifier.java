// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.images.proof.Notary;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.verify.Verdict;
import io.kpromo.trust.verify.Verifier;

/// Verifies as a notary does, who is asked for the means of it when the first signature is met: they may take a
/// request, or a password.
public record NotaryVerifier(Notary notary) implements Verifier {
    @Override
    public Verdict verify(Bundle bundle) throws InterruptedException {
        return notary.verifier().verify(bundle);
    }

    @Override
    public Verdict verify(SignedPayload signed) throws InterruptedException {
        return notary.verifier().verify(signed);
    }
}
