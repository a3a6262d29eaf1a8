// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import java.security.PublicKey;

/// A log whose word counts: of signatures (Rekor) or of certificates (certificate transparency).
///
/// @param baseUrl names it; never asked
/// @param id SHA-256 over its key, and for Ed25519 keys of Rekor 2 over its origin too
/// @param key that its promises, checkpoints and timestamps are signed with
public record TransparencyLog(String baseUrl, Bytes id, PublicKey key, Validity validity) {
    @Override
    public String toString() {
        return baseUrl.isEmpty() ? "log " + id.hex() : baseUrl;
    }
}
