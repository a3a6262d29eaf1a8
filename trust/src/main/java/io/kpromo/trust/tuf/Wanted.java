// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.tuf;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// What metadata says another file has to be.
///
/// @param file as it is called in messages
/// @param length in bytes; what is not stated is `most`
/// @param hashes in hexadecimal, by the algorithm's name in Java
record Wanted(String file, int length, boolean exact, Map<String, String> hashes) {
    Wanted {
        hashes = Map.copyOf(hashes);
    }

    /// @param most bytes that are read whatever is stated
    static Wanted read(String file, Json meta, int most) {
        long length = meta.number("length");
        if (length < 0 || length > most) {
            throw meta.wrong("states a length of " + length + " bytes, where at most " + most + " are read");
        }
        Optional<Json> hashes = meta.optionalObject("hashes");
        Map<String, String> known = new HashMap<>();
        hashes.flatMap(h -> h.optionalText("sha256")).ifPresent(hash -> known.put("SHA-256", hash));
        hashes.flatMap(h -> h.optionalText("sha512")).ifPresent(hash -> known.put("SHA-512", hash));
        if (hashes.isPresent() && known.isEmpty()) {
            throw meta.wrong("has no hash of a kind that is known");
        }
        return new Wanted(file, length == 0 ? most : (int) length, length != 0, known);
    }

    boolean matches(Bytes bytes) {
        return (!exact || bytes.length() == length) && wrongHash(bytes).isEmpty();
    }

    private Optional<String> wrongHash(Bytes bytes) {
        for (Map.Entry<String, String> hash : hashes.entrySet()) {
            if (!digest(hash.getKey(), bytes).equals(hash.getValue())) {
                return Optional.of(hash.getKey());
            }
        }
        return Optional.empty();
    }

    Bytes require(Bytes bytes) {
        if (exact && bytes.length() != length) {
            throw new TrustException("the root of trust can't be brought up to date: " + file + " has " + bytes.length()
                    + " bytes, not the " + length + " that were signed");
        }
        wrongHash(bytes).ifPresent(name -> {
            throw new TrustException("the root of trust can't be brought up to date: " + file + " has another " + name
                    + " than was signed");
        });
        return bytes;
    }

    private static String digest(String name, Bytes bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has both
        }
    }
}
