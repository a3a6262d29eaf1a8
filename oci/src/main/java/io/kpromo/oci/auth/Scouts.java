// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.Host;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets one request find out how a registry wants to be signed in to, while the others wait: a hundred that set out
/// together would all be refused, and come twice.
final class Scouts {
    private final Duration longest;
    private final ConcurrentHashMap<Ground, CountDownLatch> out = new ConcurrentHashMap<>();
    private final Set<Ground> known = ConcurrentHashMap.newKeySet();

    /// Registries often let everybody read and ask who it is that writes.
    record Ground(Host host, boolean writes) {}

    /// @param longest how long others wait for the first
    Scouts(Duration longest) {
        this.longest = longest;
    }

    /// Waits while another is finding out; who becomes the first, or finds the ground known, goes at once.
    void go(Ground ground) throws InterruptedException {
        while (!known.contains(ground)) {
            CountDownLatch other = out.putIfAbsent(ground, new CountDownLatch(1));
            if (other == null) {
                return;
            }
            if (!other.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    /// The first came back.
    ///
    /// @param found whether it has got an answer; if not, another sets out
    void back(Ground ground, boolean found) {
        if (known.contains(ground)) {
            return;
        }
        if (found) {
            known.add(ground);
        }
        CountDownLatch waiting = out.remove(ground);
        if (waiting != null) {
            waiting.countDown();
        }
    }
}
