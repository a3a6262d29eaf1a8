// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The digest of some bytes: an algorithm and its sum. Image-spec 1.1, "Digests".
///
/// Compares by its text, so that sorted digests look sorted.
public final class Digest implements Reference, Comparable<Digest> {
    /// The registered algorithms of image-spec 1.1.
    public enum Algorithm {
        SHA256("sha256", "SHA-256", 32),
        SHA512("sha512", "SHA-512", 64);

        private final String label;
        private final String javaName;
        private final int length;

        Algorithm(String label, String javaName, int length) {
            this.label = label;
            this.javaName = javaName;
            this.length = length;
        }

        /// A fresh hash of this algorithm; every JDK has both.
        public MessageDigest hasher() {
            try {
                return MessageDigest.getInstance(javaName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java has no " + javaName, e);
            }
        }
    }

    private final Algorithm algorithm;
    private final byte[] sum;
    private final int hash;

    private Digest(Algorithm algorithm, byte[] sum) {
        this.algorithm = algorithm;
        this.sum = sum;
        this.hash = (sum[0] << 24) | ((sum[1] & 0xff) << 16) | ((sum[2] & 0xff) << 8) | (sum[3] & 0xff);
    }

    /// Reads `sha256:<64 hex>` or `sha512:<128 hex>`, lower case only, as the specification writes them.
    ///
    /// @throws InvalidNameException when the text is neither
    public static Digest parse(String text) {
        for (Algorithm algorithm : Algorithm.values()) {
            int start = algorithm.label.length() + 1;
            if (text.length() == start + 2 * algorithm.length
                    && text.charAt(start - 1) == ':'
                    && text.startsWith(algorithm.label)
                    && isLowerHex(text, start)) {
                return new Digest(algorithm, HexFormat.of().parseHex(text, start, text.length()));
            }
        }
        throw new InvalidNameException("digest", text, "sha256: and 64 lower-case hex digits");
    }

    /// The SHA-256 of these bytes.
    public static Digest sha256(byte[] bytes) {
        return new Digest(Algorithm.SHA256, Algorithm.SHA256.hasher().digest(bytes));
    }

    /// What a hash has come to; the hash starts anew.
    public static Digest of(Algorithm algorithm, MessageDigest hasher) {
        return checked(algorithm, hasher.digest());
    }

    /// @param sum as many bytes as the algorithm gives; copied
    public static Digest of(Algorithm algorithm, byte[] sum) {
        return checked(algorithm, sum.clone());
    }

    private static Digest checked(Algorithm algorithm, byte[] sum) {
        if (sum.length != algorithm.length) {
            throw new IllegalArgumentException(
                    algorithm.label + " has " + algorithm.length + " bytes, not " + sum.length);
        }
        return new Digest(algorithm, sum);
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /// The sum alone, in lower-case hex.
    public String hex() {
        return HexFormat.of().formatHex(sum);
    }

    /// The sum's bytes, a copy.
    public byte[] bytes() {
        return sum.clone();
    }

    /// Whether these bytes have this digest.
    public boolean matches(byte[] content) {
        return Arrays.equals(algorithm.hasher().digest(content), sum);
    }

    private static boolean isLowerHex(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : Arrays.compareUnsigned(sum, other.sum);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Digest other && algorithm == other.algorithm && Arrays.equals(sum, other.sum);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// As the specifications write it, for example `sha256:9f86d0…`.
    @Override
    public String toString() {
        return algorithm.label + ":" + hex();
    }
}
