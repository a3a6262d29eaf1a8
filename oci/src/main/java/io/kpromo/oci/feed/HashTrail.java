// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// The hash of some bytes on their way as it stood at marks along them. Who had the bytes before a mark from one
/// read, and gets those behind it from another, then still knows whether both together are right.
///
/// There is a mark every 256 KiB, for the last 64 MiB, and one every 8 MiB (every more of large contents) from the
/// start: where stores let uploads go on. Some hundred of them, of half a kilobyte each.
final class HashTrail {
    private static final long FINE = 256L << 10;
    private static final long FINE_REACHES = 64L << 20;
    private static final long COARSE = 8L << 20;
    private static final long MOST_COARSE = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, MessageDigest> marks = new TreeMap<>();
    private final long coarse;

    private HashTrail(long coarse) {
        this.coarse = coarse;
    }

    /// An empty one.
    ///
    /// @param size of the whole, in bytes
    static HashTrail of(long size) {
        long steps = (size + COARSE * MOST_COARSE - 1) / (COARSE * MOST_COARSE);
        return new HashTrail(COARSE * Math.max(1, steps));
    }

    /// The hash has come to `at`.
    void passed(long at, MessageDigest hash) {
        if (at % FINE != 0) {
            return;
        }
        Optional<MessageDigest> state = copy(hash);
        lock.lock();
        try {
            state.ifPresent(s -> marks.put(at, s));
            long old = at - FINE_REACHES;
            if (old % coarse != 0) {
                marks.remove(old);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The hash of all before `at`, to go on with; empty where there is no mark.
    Optional<MessageDigest> at(long at) {
        lock.lock();
        try {
            return Optional.ofNullable(marks.get(at)).flatMap(HashTrail::copy);
        } finally {
            lock.unlock();
        }
    }

    /// Whether it is the same as another, or the same content before `at` has passed both.
    boolean meets(HashTrail other, long at) {
        if (other == this) {
            return true;
        }
        Optional<MessageDigest> mine = at(at);
        Optional<MessageDigest> others = other.at(at);
        return mine.isPresent()
                && others.isPresent()
                && MessageDigest.isEqual(mine.get().digest(), others.get().digest());
    }

    /// One that goes on from `at`: with the mark there and those before it.
    HashTrail from(long at) {
        HashTrail next = new HashTrail(coarse);
        lock.lock();
        try {
            next.marks.putAll(marks.headMap(at, true));
        } finally {
            lock.unlock();
        }
        return next;
    }

    private static Optional<MessageDigest> copy(MessageDigest hash) {
        try {
            return Optional.of((MessageDigest) hash.clone());
        } catch (CloneNotSupportedException e) {
            return Optional.empty();
        }
    }
}
