// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.concurrent.Crew;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Where one blob is expected, and where it has arrived.
final class Arrivals {
    private final Map<Repository, CompletableFuture<Boolean>> all = new LinkedHashMap<>();

    /// Before any work starts.
    ///
    /// @return false when it was expected there already
    boolean expect(Repository into) {
        return all.putIfAbsent(into, new CompletableFuture<>()) == null;
    }

    /// Waits until the blob is there.
    ///
    /// @throws OciException when it won't be, in this run
    /// @throws InterruptedException also where the work that brings it was told to stop
    void await(Repository into) throws InterruptedException {
        try {
            at(into).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case OciException cause -> throw cause;
                case InterruptedException stopped -> throw stopped;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /// Does what brings the blob there, and tells those who wait how it ended.
    ///
    /// @return whether it has arrived
    boolean bring(Repository into, Crew.Work work) throws InterruptedException {
        try {
            work.run();
            at(into).complete(true);
            return true;
        } catch (OciException e) {
            at(into).completeExceptionally(e);
            return false;
        }
    }

    /// Where it has not arrived by now it won't.
    void fail(OciException cause) {
        all.values().forEach(arrival -> arrival.completeExceptionally(cause));
    }

    /// The work was told to stop: who waits where it has not arrived by now is told so.
    void stop() {
        all.values().forEach(arrival -> arrival.completeExceptionally(new InterruptedException()));
    }

    private CompletableFuture<Boolean> at(Repository into) {
        return Optional.ofNullable(all.get(into)).orElseThrow();
    }
}
