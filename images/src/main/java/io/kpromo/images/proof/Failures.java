// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Crew;
import java.util.concurrent.atomic.AtomicReference;

/// What went wrong in one of several threads: one failure does not stop the others.
final class Failures {
    private final AtomicReference<OciException> first = new AtomicReference<>();

    void heed(Crew.Work work) throws InterruptedException {
        try {
            work.run();
        } catch (OciException e) {
            first.compareAndSet(null, e);
        }
    }

    void throwIfAny() {
        OciException failure = first.get();
        if (failure != null) {
            throw failure;
        }
    }
}
