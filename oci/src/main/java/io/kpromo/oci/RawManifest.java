// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

/// A manifest as it travels: its bytes are never changed, for its digest is made of them.
///
/// @param mediaType what the registry called it
/// @param digest of the bytes
/// @param bytes shared for speed: not to be changed
@SuppressWarnings("ArrayRecordComponent") // equality is the digest's, see below; a copy a read would double the memory
public record RawManifest(String mediaType, Digest digest, byte[] bytes) {
    /// A manifest of our own making.
    public static RawManifest of(String mediaType, byte[] bytes) {
        return new RawManifest(mediaType, Digest.sha256(bytes), bytes);
    }

    public Descriptor descriptor() {
        return new Descriptor(mediaType, digest, bytes.length);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RawManifest other && digest.equals(other.digest) && mediaType.equals(other.mediaType);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return mediaType + " " + digest + " (" + bytes.length + " bytes)";
    }
}
