// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.artifact;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Body;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// A file on its way, out of memory; counts what is read of it.
final class Arriving implements Incoming {
    private final byte[] bytes;
    private final boolean small;
    private final AtomicLong read = new AtomicLong();

    private Arriving(byte[] bytes, boolean small) {
        this.bytes = bytes;
        this.small = small;
    }

    static Arriving small(String text) {
        return new Arriving(text.getBytes(StandardCharsets.UTF_8), true);
    }

    static Arriving large(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return new Arriving(bytes, false);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /// Bytes that were asked for.
    long read() {
        return read.get();
    }

    @Override
    public boolean small() {
        return small;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Digest sha256() {
        return Digest.sha256(bytes);
    }

    @Override
    public Sums awaitAll() {
        if (!small) {
            throw new IllegalStateException("a large file can't be waited for");
        }
        return Sums.none();
    }

    @Override
    public Digest sha512() {
        return Digest.of(
                Digest.Algorithm.SHA512, Digest.Algorithm.SHA512.hasher().digest(bytes));
    }

    @Override
    public Body part(long offset, long length) {
        return new Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() {
                read.addAndGet(length);
                return new ByteArrayInputStream(Arrays.copyOfRange(bytes, (int) offset, (int) (offset + length)));
            }
        };
    }
}
