// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.proof.Notary;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.verify.Verifier;

/// One who looks and cannot sign.
record Onlooker(ExpectedIdentity expected, Verifier verifier) implements Notary {
    static Notary of(ExpectedIdentity expected, Verifier verifier) {
        return new Onlooker(expected, verifier);
    }

    @Override
    public Signatory signatory() {
        throw new TrustException("nothing is signed here");
    }
}
