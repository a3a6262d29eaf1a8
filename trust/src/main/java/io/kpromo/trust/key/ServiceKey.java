// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.security.PublicKey;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A key that a service holds. The service is asked for it when it is first needed, and once; what it signs is
/// verified before anybody is given it.
final class ServiceKey implements SigningKey {
    private final String reference;
    private final KeyProvider provider;
    private final KeyServices services;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HeldKey found;

    ServiceKey(String reference, KeyProvider provider, KeyServices services) {
        this.reference = reference;
        this.provider = provider;
        this.services = services;
    }

    @Override
    public PublicKey publicKey() throws InterruptedException {
        return held().publicKey();
    }

    @Override
    public Bytes sign(Bytes message) throws InterruptedException {
        HeldKey key = held();
        Bytes signature = key.sign(message);
        if (!KeyKind.of(key.publicKey()).verifies(key.publicKey(), message, signature)) {
            throw new TrustException("cannot sign with the key " + reference
                    + ": what the service signed does not verify with the public key that it gave");
        }
        return signature;
    }

    private HeldKey held() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            HeldKey known = found;
            if (known == null) {
                known = provider.find(reference, services);
                KeyKind.of(known.publicKey());
                found = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // The transport is the caller's.
    }

    @Override
    public String toString() {
        return reference;
    }
}
