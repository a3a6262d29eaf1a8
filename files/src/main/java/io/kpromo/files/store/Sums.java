// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import java.util.HexFormat;
import java.util.Optional;

/// Sums over a file's content that stores compute, which two stores may have in common.
///
/// @param md5 32 lower-case hex digits; stores have none for what came in parts
/// @param crc32c with the Castagnoli polynomial
public record Sums(Optional<String> md5, Optional<Integer> crc32c) {
    public static Sums none() {
        return new Sums(Optional.empty(), Optional.empty());
    }

    /// Whether the two say that it is the same content; empty where they have no sum in common.
    public Optional<Boolean> agree(Sums other) {
        if (md5.isPresent() && other.md5.isPresent()) {
            return Optional.of(md5.equals(other.md5));
        }
        if (crc32c.isPresent() && other.crc32c.isPresent()) {
            return Optional.of(crc32c.equals(other.crc32c));
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "md5 " + md5.orElse("?") + ", crc32c "
                + crc32c.map(sum -> HexFormat.of().toHexDigits(sum)).orElse("?");
    }
}
