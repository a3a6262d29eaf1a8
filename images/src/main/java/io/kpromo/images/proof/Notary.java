// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.verify.Verifier;

/// Who signs, whose signatures count, and how to tell. Each answer may take a password, a token or a request, so
/// each is asked for only where it is needed; asked again it costs nothing.
public interface Notary {
    /// Whose signatures count as there.
    ///
    /// @throws io.kpromo.trust.TrustException when that cannot be found out
    ExpectedIdentity expected() throws InterruptedException;

    /// Tells who has signed what kpromo did not write.
    ///
    /// @throws io.kpromo.trust.TrustException when the roots of trust cannot be had
    Verifier verifier() throws InterruptedException;

    /// Signs.
    ///
    /// @throws io.kpromo.trust.TrustException when the key, the password or a token cannot be had
    Signatory signatory() throws InterruptedException;

    /// Whether signatures under tags can be had beside bundles. They can't where nothing that fits there would prove
    /// when they were made: without a key, with Rekor 2.
    ///
    /// @throws io.kpromo.oci.OciException when that cannot be found out
    default boolean signsTags() throws InterruptedException {
        return true;
    }

    /// One who knows all of it already.
    static Notary of(ExpectedIdentity expected, Verifier verifier, Signatory signatory) {
        return new Notary() {
            @Override
            public ExpectedIdentity expected() {
                return expected;
            }

            @Override
            public Verifier verifier() {
                return verifier;
            }

            @Override
            public Signatory signatory() {
                return signatory;
            }
        };
    }
}
