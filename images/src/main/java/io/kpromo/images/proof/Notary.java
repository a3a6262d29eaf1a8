// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.verify.Verifier;

/// Who signs, whose signatures count, and how to tell. Each answer may take a password, a token or a request, so
/// each is asked for only where it is needed; asked again it costs nothing.
public interface Notary {
    /// Whose signatures count as there.
    ///
    /// @throws TrustException when that cannot be found out
    ExpectedIdentity expected() throws InterruptedException;

    /// Tells who has signed what kpromo did not write.
    ///
    /// @throws TrustException when the roots of trust cannot be had
    Verifier verifier() throws InterruptedException;

    /// Signs.
    ///
    /// @throws TrustException when the key, the password or a token cannot be had
    Signatory signatory() throws InterruptedException;

    /// Makes sure that this one can sign, and that it would count: better found out before anything is copied.
    ///
    /// @throws TrustException when it cannot, or would not
    default void ready() throws InterruptedException {
        Identity identity = signatory().identity();
        if (!expected().matches(identity)) {
            throw new TrustException("we would sign as " + identity + ", but signatures of " + expected()
                    + " are expected, so ours would not count; expect the same identity that signs");
        }
    }

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
