// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import java.util.concurrent.atomic.LongAdder;

/// How far hashing has come; for who watches, from any thread.
public final class HashingCounts {
    private final LongAdder found = new LongAdder();
    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void found(long more) {
        found.add(more);
    }

    void hashed() {
        files.increment();
    }

    void read(long more) {
        bytes.add(more);
    }

    /// Files that were found until now.
    public long found() {
        return found.sum();
    }

    /// Files that are hashed.
    public long files() {
        return files.sum();
    }

    /// Bytes that were read.
    public long bytes() {
        return bytes.sum();
    }
}
