// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs that are broken at their first, second, third … write, until one comes to its end: some at the same time, for
/// they mostly wait.
final class Trials {
    private static final int AT_ONCE = 4;

    private Trials() {}

    /// One of them, in a place of its own.
    interface Trial {
        /// @return whether the run came to its nth write
        boolean breaksAt(int nth) throws Exception;
    }

    /// @return the first write that no run came to
    static int untilNoneBreaks(Trial trial) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int first = 1; ; first += AT_ONCE) {
                List<Future<Boolean>> some = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    int nth = first + i;
                    some.add(threads.submit(() -> trial.breaksAt(nth)));
                }
                for (int i = 0; i < AT_ONCE; i++) {
                    if (!some.get(i).get()) {
                        return first + i;
                    }
                }
            }
        }
    }
}
