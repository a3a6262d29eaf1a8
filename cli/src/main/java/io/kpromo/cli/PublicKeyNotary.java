// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.proof.Notary;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.key.Fingerprint;
import io.kpromo.trust.key.KeyVerifier;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.verify.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;

/// Tells whether a key has signed, of which only the public half is here.
record PublicKeyNotary(Path file, ExpectedIdentity expected, Verifier verifier) implements Notary {
    private static final long LARGEST = 1 << 20;

    /// Whether a file holds a public key. What can't be read is none; who opens it says why.
    static boolean isPublic(Path file) {
        try {
            return Files.size(file) < LARGEST
                    && Files.readString(file, StandardCharsets.ISO_8859_1).contains("PUBLIC KEY-----");
        } catch (IOException e) {
            return false;
        }
    }

    /// @throws TrustException where it holds no key that is of use
    static PublicKeyNotary of(Path file) {
        PublicKey key = one(file);
        return new PublicKeyNotary(
                file, new ExpectedIdentity.Key(Fingerprint.identity(key)), KeyVerifier.of(List.of(key)));
    }

    /// One key: with two, nobody could say whose signatures count.
    static PublicKey one(Path file) {
        List<PublicKey> keys = Keys.publicKeys(file);
        if (keys.size() != 1) {
            throw new UsageException("--key " + file + " holds " + keys.size() + " public keys; name a file with one");
        }
        return keys.getFirst();
    }

    @Override
    public Signatory signatory() {
        throw new TrustException("cannot sign with " + file + ": it is a public key; name the private one");
    }
}
