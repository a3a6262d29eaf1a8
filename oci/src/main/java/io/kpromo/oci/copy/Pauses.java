// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import java.util.concurrent.ThreadLocalRandom;

/// How long is waited before an upload is tried again.
@FunctionalInterface
interface Pauses {
    /// @param failures so far, 1 or more
    void after(int failures) throws InterruptedException;

    /// Between a half and the whole of 0.4 s, 0.8 s, … 10 s.
    static Pauses growing() {
        return failures -> {
            long longest = Math.min(10_000L, 200L << Math.min(failures, 10));
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
        };
    }
}
