// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import java.util.Map;

/// How files are sent to S3.
///
/// @param whole files up to so many bytes are sent in one request
/// @param part bytes of a part of larger ones, 5 MiB or more for Amazon; more where 10,000 such parts are not
///     enough
/// @param copied files up to so many bytes are copied within a cloud in one request; 5 GiB at Amazon's most
/// @param partSums whether each part is followed by its SHA-256; some that speak like S3 do not know that
public record S3Options(long whole, long part, long copied, boolean partSums) {
    private static final long MIB = 1 << 20;
    private static final int MOST_PARTS = 10_000;

    public S3Options {
        if (whole < 0 || part < 1 || copied < 0) {
            throw new IllegalArgumentException("a file has 0 bytes or more, a part 1 or more");
        }
    }

    /// Up to 64 MiB in one request, parts of 32 MiB.
    public static S3Options standard() {
        return new S3Options(64 * MIB, 32 * MIB, 5 * 1024 * MIB, true);
    }

    /// As Amazon's own tools are told of stores that know no such sums:
    /// `AWS_REQUEST_CHECKSUM_CALCULATION=when_required`.
    public static S3Options of(Map<String, String> environment) {
        boolean sums = !environment
                .getOrDefault("AWS_REQUEST_CHECKSUM_CALCULATION", "")
                .equalsIgnoreCase("when_required");
        return standard().withPartSums(sums);
    }

    public S3Options withWhole(long bytes) {
        return new S3Options(bytes, part, copied, partSums);
    }

    public S3Options withPart(long bytes) {
        return new S3Options(whole, bytes, copied, partSums);
    }

    public S3Options withCopied(long bytes) {
        return new S3Options(whole, part, bytes, partSums);
    }

    public S3Options withPartSums(boolean wanted) {
        return new S3Options(whole, part, copied, wanted);
    }

    /// Bytes of each part of a file but the last.
    long partOf(long size) {
        long least = Math.ceilDiv(size, MOST_PARTS);
        return least <= part ? part : Math.ceilDiv(least, MIB) * MIB;
    }
}
