// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.trust.Bytes;
import java.security.PublicKey;

/// One version of a key that a service holds.
public interface HeldKey {
    PublicKey publicKey();

    /// One request.
    ///
    /// @param message that is to be signed; the service is sent its hash, where the kind of key allows that
    Bytes sign(Bytes message) throws InterruptedException;
}
