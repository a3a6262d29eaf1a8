// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import java.security.cert.X509Certificate;
import java.util.List;

/// Who issues certificates, or timestamps, that count.
///
/// @param chain from what issues (certificates: the issuing authority; timestamps: the signer itself) to the root,
///     which is last; at least one
public record Authority(List<X509Certificate> chain, Validity validity) {
    public Authority {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an authority has a certificate");
        }
    }

    /// The subject of the first certificate.
    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal().getName();
    }
}
