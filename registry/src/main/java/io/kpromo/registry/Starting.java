// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Holds requests that come before the registry knows its own address, which its challenges name.
final class Starting {
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile @Nullable Front front;

    void done(Front complete) {
        front = complete;
        ready.countDown();
    }

    Front front() throws IOException, InterruptedException {
        Front known = front;
        if (known == null) {
            boolean _ = ready.await(10, TimeUnit.SECONDS);
            known = front;
        }
        if (known == null) {
            throw new IOException("the registry did not start");
        }
        return known;
    }
}
