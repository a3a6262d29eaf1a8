// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.trust.Bytes;
import java.util.Map;

/// A simple-signing payload with its signature: a layer of a `.sig` manifest.
///
/// @param payload the bytes that are signed
/// @param annotations of the layer: `dev.cosignproject.cosign/signature` and what proves the signer
public record SignedPayload(Bytes payload, Map<String, String> annotations) {
    public static final String MEDIA_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
    public static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    public static final String CERTIFICATE = "dev.sigstore.cosign/certificate";
    public static final String CHAIN = "dev.sigstore.cosign/chain";
    public static final String REKOR_BUNDLE = "dev.sigstore.cosign/bundle";
    /// Ours: the [io.kpromo.trust.Identity] that signed, as text. A hint; proves nothing.
    public static final String SIGNER = "io.kpromo.signer";
    public static final String TIMESTAMP = "dev.sigstore.cosign/rfc3161timestamp";

    public SignedPayload {
        annotations = Map.copyOf(annotations);
    }
}
