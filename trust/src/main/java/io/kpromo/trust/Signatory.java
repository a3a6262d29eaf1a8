// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust;

import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.store.SignedPayload;
import java.util.Optional;

/// Signs as one identity: with a key, a key that a service holds, or short-lived certificates. For use by many
/// threads.
public interface Signatory extends AutoCloseable {
    /// Whom the signatures will prove. May have to ask for a token or a public key first.
    Identity identity() throws InterruptedException;

    /// A bundle (Sigstore bundle v0.3) with the statement in a DSSE envelope.
    ///
    /// @throws TrustException where it can't be signed, or logged where that is wanted
    Bundle sign(Statement statement) throws InterruptedException;

    /// A simple-signing payload with all that its layer of a `.sig` manifest says; empty where this identity
    /// can't be written in that form in a way that verifies (keyless with Rekor v2).
    ///
    /// @throws TrustException where it can't be signed, or logged where that is wanted
    Optional<SignedPayload> sign(SimpleSigning payload) throws InterruptedException;

    @Override
    void close();
}
