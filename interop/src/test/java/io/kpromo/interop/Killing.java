// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Kills promotions at the nth request that any registry sees.
final class Killing {
    private final Random random;
    private final int requests;

    /// @param requests about as many as a whole promotion takes
    Killing(long seed, int requests) {
        this.random = new Random(seed);
        this.requests = requests;
    }

    /// A promotion that was to be killed.
    ///
    /// @param nth request at which
    /// @param reached whether there were that many
    record Attempt(int nth, boolean reached, Kpromo.Ended ended) {
        /// Else it was done before.
        boolean killed() {
            return reached && ended.exit() != 0;
        }
    }

    /// Promotes, until some request.
    Attempt attempt(Stage stage, Kpromo kpromo, Path manifest) throws IOException, InterruptedException {
        int nth = 1 + random.nextInt(requests);
        AtomicInteger seen = new AtomicInteger();
        CompletableFuture<Kpromo.Running> victim = new CompletableFuture<>();
        for (Registry registry : stage.registries()) {
            registry.faults()
                    .add(
                            Fault.on(Kind.values()).by(new Effect.Runs(_ -> {
                                if (seen.incrementAndGet() == nth) {
                                    victim.join().kill();
                                }
                            })),
                            Fault.on(Kind.values()).by(new Effect.Delays(Duration.ofMillis(2))));
        }
        try (Kpromo.Running running = kpromo.startPromotion(manifest)) {
            victim.complete(running);
            Kpromo.Ended ended = running.ended();
            return new Attempt(nth, seen.get() >= nth, ended);
        } finally {
            stage.registries().forEach(registry -> registry.faults().clear());
        }
    }
}
