// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Crew;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What went wrong in one of several threads: one failure does not stop the others.
final class Failures {
    private final Queue<OciException> failures = new ConcurrentLinkedQueue<>();

    void heed(Crew.Work work) throws InterruptedException {
        try {
            work.run();
        } catch (OciException e) {
            failures.add(e);
        }
    }

    void throwIfAny() {
        OciException failure = failures.peek();
        if (failure != null) {
            throw failure;
        }
    }
}
