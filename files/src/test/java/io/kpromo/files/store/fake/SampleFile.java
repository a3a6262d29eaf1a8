// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.fake;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Body;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/// A file on its way, which notes what is taken of it.
public class SampleFile implements Incoming {
    private final byte[] content;
    private final boolean small;
    private final AtomicLong taken = new AtomicLong();
    private final List<Long> opened = Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<OciException> failure = Optional.empty();

    protected SampleFile(byte[] content, boolean small) {
        this.content = content;
        this.small = small;
    }

    public static SampleFile small(byte[] content) {
        return new SampleFile(content, true);
    }

    public static SampleFile small(String text) {
        return small(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Of some bytes, the same for the same size.
    public static SampleFile large(int size) {
        return large(bytes(size, size));
    }

    /// As though it did not fit into memory.
    public static SampleFile large(byte[] content) {
        return new SampleFile(content, false);
    }

    /// The same bytes for the same seed.
    public static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// From now on the source gives nothing but this failure.
    public SampleFile failing(OciException cause) {
        failure = Optional.of(cause);
        return this;
    }

    /// Where it was begun to be taken, each time.
    public List<Long> opened() {
        return List.copyOf(opened);
    }

    public byte[] content() {
        return content.clone();
    }

    /// Bytes that were asked for.
    public long taken() {
        return taken.get();
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public Digest sha256() {
        return Digest.sha256(content);
    }

    @Override
    public boolean small() {
        return small;
    }

    @Override
    public Sums awaitAll() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return sums(content);
    }

    public static Sums sums(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return new Sums(Optional.of(md5(content)), Optional.of((int) crc.getValue()));
    }

    public static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Digest sha512() {
        return Digest.of(
                Digest.Algorithm.SHA512, Digest.Algorithm.SHA512.hasher().digest(content));
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
                opened.add(offset);
                taken.addAndGet(length);
                if (failure.isPresent()) {
                    throw failure.get();
                }
                return new ByteArrayInputStream(content, (int) offset, (int) length);
            }
        };
    }
}
