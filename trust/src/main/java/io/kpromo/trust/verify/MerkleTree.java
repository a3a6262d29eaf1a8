// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/// The arithmetic of a log's tree. RFC 9162, section 2.1.
final class MerkleTree {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleTree() {}

    static Bytes leaf(Bytes entry) {
        MessageDigest hash = sha256();
        hash.update(LEAF);
        hash.update(entry.array());
        return Bytes.of(hash.digest());
    }

    static Bytes node(Bytes left, Bytes right) {
        MessageDigest hash = sha256();
        hash.update(NODE);
        hash.update(left.array());
        hash.update(right.array());
        return Bytes.of(hash.digest());
    }

    /// The root that this path leads to; empty where no path in a tree of that size is as long (section 2.1.3.2).
    static Optional<Bytes> root(Bytes leaf, long index, long size, List<Bytes> path) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        long at = index;
        long last = size - 1;
        Bytes root = leaf;
        for (Bytes sibling : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((at & 1) == 1 || at == last) {
                root = node(sibling, root);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                root = node(root, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(root) : Optional.empty();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
