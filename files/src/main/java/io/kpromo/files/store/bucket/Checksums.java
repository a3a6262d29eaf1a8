// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.bucket;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Sums that stores work out, and as they write them: base64 of their bytes, the highest first.
public final class Checksums {
    private Checksums() {}

    /// A hasher of MD5. It tells whether something broke, not whether somebody changed it.
    public static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    public static String base64(int crc32c) {
        return base64(ByteBuffer.allocate(Integer.BYTES).putInt(crc32c).array());
    }

    public static String base64(byte[] sum) {
        return Base64.getEncoder().encodeToString(sum);
    }

    /// @param hex as [io.kpromo.files.store.Sums] has it
    public static String base64(String hex) {
        return base64(HexFormat.of().parseHex(hex));
    }

    /// Empty where it is no CRC32C.
    public static Optional<Integer> crc32c(String base64) {
        return bytes(base64)
                .filter(sum -> sum.length == Integer.BYTES)
                .map(sum -> ByteBuffer.wrap(sum).getInt());
    }

    /// In lower-case hex; empty where it has not so many bytes.
    public static Optional<String> hex(String base64, int length) {
        return bytes(base64).filter(sum -> sum.length == length).map(HexFormat.of()::formatHex);
    }

    private static Optional<byte[]> bytes(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
