// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.trust.Bytes;
import java.security.PublicKey;

/// A private key, at hand or held by a service. For use by many threads.
public interface SigningKey extends AutoCloseable {
    /// May have to ask a service, once.
    ///
    /// @throws io.kpromo.trust.TrustException where the service doesn't tell, or the key is of no use here
    PublicKey publicKey() throws InterruptedException;

    /// The signature as Sigstore writes it: DER for elliptic curves, PKCS #1 1.5 for RSA, 64 bytes for Ed25519.
    ///
    /// @param message that is to be signed, not its hash
    /// @throws io.kpromo.trust.TrustException where it can't be signed
    Bytes sign(Bytes message) throws InterruptedException;

    @Override
    void close();
}
