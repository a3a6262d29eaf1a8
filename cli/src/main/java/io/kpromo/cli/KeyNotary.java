// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.proof.Notary;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.key.KeySignatory;
import io.kpromo.trust.key.KeyVerifier;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.verify.Verifier;
import java.util.List;

/// Signs with a key, which is opened where it is first needed. The signatures that count are those of this key.
final class KeyNotary implements Notary, AutoCloseable {
    /// Everything that follows from a key.
    private record Opened(KeySignatory signatory, ExpectedIdentity expected, Verifier verifier) {}

    /// Opens a key, which may take a password or a request.
    interface Source {
        SigningKey open() throws InterruptedException;
    }

    private final Source source;
    private final InFlight<Source, Opened> opened = InFlight.keeping();

    KeyNotary(Source source) {
        this.source = source;
    }

    private Opened opened() throws InterruptedException {
        return opened.once(source, () -> {
            SigningKey key = source.open();
            KeySignatory signatory = new KeySignatory(key);
            return new Opened(
                    signatory,
                    new ExpectedIdentity.Key(signatory.identity()),
                    KeyVerifier.of(List.of(key.publicKey())));
        });
    }

    @Override
    public ExpectedIdentity expected() throws InterruptedException {
        return opened().expected;
    }

    @Override
    public Verifier verifier() throws InterruptedException {
        return opened().verifier;
    }

    @Override
    public Signatory signatory() throws InterruptedException {
        return opened().signatory;
    }

    @Override
    public void close() {
        opened.kept(source).ifPresent(key -> key.signatory.close());
    }
}
