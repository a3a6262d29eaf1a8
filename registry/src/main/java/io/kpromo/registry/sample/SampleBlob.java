// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.sample;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.Supplier;

/// The content of a layer or configuration, which can be read as often as need be.
///
/// @param descriptor with the media type that its image calls it by
/// @param source opens it from the first byte
public record SampleBlob(Descriptor descriptor, Supplier<InputStream> source) {
    static SampleBlob of(String mediaType, byte[] bytes) {
        return new SampleBlob(
                new Descriptor(mediaType, Digest.sha256(bytes), bytes.length), () -> new ByteArrayInputStream(bytes));
    }

    /// Random bytes that are made anew whenever they are read, so that gigabytes take no memory.
    ///
    /// @param size in bytes
    public static SampleBlob random(String mediaType, long size, long seed) {
        try (InputStream in = new RandomInput(seed, size)) {
            MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
            byte[] buffer = new byte[64 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hasher.update(buffer, 0, count);
            }
            Digest digest = Digest.of(Digest.Algorithm.SHA256, hasher);
            return new SampleBlob(new Descriptor(mediaType, digest, size), () -> new RandomInput(seed, size));
        } catch (IOException e) {
            throw new IllegalStateException("memory can't fail", e);
        }
    }

    public Digest digest() {
        return descriptor.digest();
    }

    public long size() {
        return descriptor.size();
    }

    public InputStream open() {
        return source.get();
    }

    /// All of it, for small ones.
    public byte[] bytes() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("memory can't fail", e);
        }
    }
}
