// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import java.security.PublicKey;

/// What keys are called: the SHA-256 of the public key's SubjectPublicKeyInfo in DER.
public final class Fingerprint {
    private Fingerprint() {}

    public static Identity.Key identity(PublicKey key) {
        return new Identity.Key(Digest.sha256(key.getEncoded()).hex());
    }

    /// As cosign 3 writes it into bundles: base64.
    static String hint(PublicKey key) {
        return Bytes.of(Digest.sha256(key.getEncoded()).bytes()).base64();
    }
}
