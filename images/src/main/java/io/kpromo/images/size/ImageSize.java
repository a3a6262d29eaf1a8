// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.size;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The size of a digest as `--max-image-size` counts it: config and layers, as their descriptors say. For an
/// index it is that of all its platforms together, each distinct blob once: what a mirror has to hold for this
/// digest.
///
/// @param bytes of all distinct blobs whose size is told
/// @param complete whether that is all: a schema 1 manifest tells no sizes, and a child may not have been given
public record ImageSize(long bytes, boolean complete) {
    private static final long MEBIBYTE = 1 << 20;

    /// Adds up a digest and all below it. Pure: manifests are asked for, not fetched.
    ///
    /// @param manifests what is known; a digest that it does not know makes the size incomplete
    public static ImageSize of(Digest root, Function<Digest, Optional<Manifest>> manifests) {
        long bytes = 0;
        boolean complete = true;
        Set<Digest> seen = new HashSet<>();
        Deque<Digest> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            Digest digest = open.remove();
            if (!seen.add(digest)) {
                continue;
            }
            Optional<Manifest> manifest = manifests.apply(digest);
            if (manifest.isEmpty()) {
                complete = false;
                continue;
            }
            manifest.get().manifests().forEach(child -> open.add(child.digest()));
            for (Descriptor blob : manifest.get().blobs()) {
                if (blob.size() < 0) {
                    complete = false;
                } else if (seen.add(blob.digest())) {
                    bytes = sum(bytes, blob.size());
                }
            }
        }
        return new ImageSize(bytes, complete);
    }

    /// Whether it is above a limit.
    ///
    /// @param mebibytes the limit; 0 or less is none
    public boolean exceeds(long mebibytes) {
        return mebibytes > 0 && mebibytes <= Long.MAX_VALUE / MEBIBYTE && bytes > mebibytes * MEBIBYTE;
    }

    /// Sizes are a stranger's word: two huge ones must not add up to a small one.
    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
