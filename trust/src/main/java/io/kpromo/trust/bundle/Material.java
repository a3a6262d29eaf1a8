// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.bundle;

import io.kpromo.trust.Bytes;
import java.util.List;

/// What a signature is to be checked with.
public sealed interface Material {
    /// @param hint which key: with cosign, base64 of the SHA-256 of the public key's DER
    record PublicKeyHint(String hint) implements Material {}

    /// @param chain leaf first, DER; from version 0.3 of the format on the leaf alone
    record Certificates(List<Bytes> chain) implements Material {
        public Certificates {
            chain = List.copyOf(chain);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("a chain has a leaf");
            }
        }
    }
}
