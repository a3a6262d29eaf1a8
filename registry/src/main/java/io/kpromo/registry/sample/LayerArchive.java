// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.sample;

import io.kpromo.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/// A layer that can be unpacked: a tar archive (POSIX ustar) with one file, in gzip's frame (RFC 1952).
///
/// Written by hand and stored without compression: what zlib makes of the same bytes differs from version to version,
/// and random bytes do not get smaller anyway.
///
/// @param name of the file in it
/// @param size of the file in bytes
record LayerArchive(String name, long seed, int size) {
    private static final int BLOCK = 512;
    private static final int LONGEST_STORED = 65535;
    private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    byte[] bytes() {
        return gzip(tar());
    }

    /// The digest that the image's configuration calls a layer by; its own where it is no archive.
    static Digest unpackedDigest(SampleBlob layer) {
        byte[] head = new byte[2];
        try (var in = layer.open()) {
            if (in.readNBytes(head, 0, 2) < 2 || head[0] != GZIP_HEAD[0] || head[1] != GZIP_HEAD[1]) {
                return layer.digest();
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory can't fail", e);
        }
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(layer.bytes()))) {
            return Digest.sha256(unpacked.readAllBytes());
        } catch (IOException e) {
            return layer.digest(); // random bytes that happen to begin like gzip
        }
    }

    private byte[] tar() {
        int padded = (size + BLOCK - 1) / BLOCK * BLOCK;
        byte[] tar = new byte[BLOCK + padded + 2 * BLOCK];
        byte[] header = header();
        System.arraycopy(header, 0, tar, 0, BLOCK);
        System.arraycopy(RandomInput.bytes(seed, size), 0, tar, BLOCK, size);
        return tar;
    }

    private byte[] header() {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format(Locale.ROOT, "%011o\0", size));
        put(header, 136, String.format(Locale.ROOT, "%011o\0", 1_793_491_200L)); // 2026-11-01
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = '0';
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] into, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + content.length / 1000 + 64);
        out.writeBytes(GZIP_HEAD);
        for (int at = 0; at < content.length; at += LONGEST_STORED) {
            int length = Math.min(LONGEST_STORED, content.length - at);
            out.write(at + length == content.length ? 1 : 0);
            little(out, length, 2);
            little(out, ~length, 2);
            out.write(content, at, length);
        }
        CRC32 sum = new CRC32();
        sum.update(content);
        little(out, sum.getValue(), 4);
        little(out, content.length, 4);
        return out.toByteArray();
    }

    private static void little(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }
}
