// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.large;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/// A content of any length that takes a megabyte of memory: random blocks that each carry their own number.
final class EndlessLayer {
    private static final int BLOCK = 1 << 20;

    private final long length;
    private final byte[] pattern = new byte[BLOCK];

    /// @param length in bytes; at least 1
    EndlessLayer(long length) {
        this.length = length;
        new SplittableRandom(4).nextBytes(pattern);
    }

    long length() {
        return length;
    }

    /// Reads it all once.
    String digest() {
        MessageDigest hash = sha256();
        byte[] block = pattern.clone();
        for (long at = 0; at < length; at += BLOCK) {
            number(block, at);
            hash.update(block, 0, (int) Math.min(BLOCK, length - at));
        }
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    /// Writes the bytes from `from` up to the end.
    void write(long from, OutputStream to) throws IOException {
        byte[] block = pattern.clone();
        long at = from;
        while (at < length) {
            long start = at - at % BLOCK;
            number(block, start);
            int skipped = (int) (at - start);
            int part = (int) Math.min(BLOCK, length - start) - skipped;
            to.write(block, skipped, part);
            at += part;
        }
    }

    private static void number(byte[] block, long start) {
        ByteBuffer.wrap(block).putLong(0, start);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
