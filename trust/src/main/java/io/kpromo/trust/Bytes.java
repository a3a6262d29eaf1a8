// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// Bytes that never change: a value.
public final class Bytes {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /// The text in UTF-8.
    public static Bytes of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws IllegalArgumentException where it is not base64, with or without padding; also where bits of its last
    ///     character are set that stand for nothing (RFC 4648, 3.5), so that no two texts mean the same bytes
    public static Bytes ofBase64(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        String only = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        if (!text.startsWith(only)) {
            throw new IllegalArgumentException("base64 whose last character says more than there are bytes");
        }
        return new Bytes(bytes);
    }

    /// A copy.
    public byte[] array() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /// As UTF-8; what is none becomes replacement characters.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Bytes other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The number of bytes, and no more: what they say may be long or secret.
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
