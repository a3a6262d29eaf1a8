// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.oci.Digest;

/// What a signature says of the body, as header `x-amz-content-sha256`.
///
/// @param text a SHA-256 in hex, or one of the words that stand for it
record Payload(String text) {
    /// Of no body.
    static final Payload EMPTY = of(new byte[0]);

    /// The body is not signed; TLS guards it.
    static final Payload UNSIGNED = new Payload("UNSIGNED-PAYLOAD");

    /// The body comes in chunks, and its sum behind it.
    static final Payload TRAILING = new Payload("STREAMING-UNSIGNED-PAYLOAD-TRAILER");

    static Payload of(byte[] body) {
        return new Payload(Digest.sha256(body).hex());
    }

    static Payload of(Digest sha256) {
        return new Payload(sha256.hex());
    }

    static byte[] sha256(byte[] bytes) {
        return Digest.Algorithm.SHA256.hasher().digest(bytes);
    }
}
