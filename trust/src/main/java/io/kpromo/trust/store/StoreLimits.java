// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

/// How much of what others attached is looked at. Reading stops there, and it becomes a [Finding].
///
/// @param bytes of a bundle, payload or attestation
/// @param items layers or referrers of one image
public record StoreLimits(long bytes, int items) {
    public StoreLimits {
        if (bytes < 1 || bytes > 1 << 30 || items < 1) {
            throw new IllegalArgumentException("bytes are 1 to 2^30, items 1 or more");
        }
    }

    /// 32 MiB, 1,000 items.
    public static StoreLimits standard() {
        return new StoreLimits(32L << 20, 1000);
    }

    public StoreLimits withBytes(long most) {
        return new StoreLimits(most, items);
    }

    public StoreLimits withItems(int most) {
        return new StoreLimits(bytes, most);
    }
}
