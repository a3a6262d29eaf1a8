// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Promotions that are killed at the nth request that any registry sees, begun again, and perhaps killed again.
final class Killing {
    private static final int IMAGES = 3;
    /// About as many requests as a whole promotion of these images takes.
    private static final int REQUESTS = 240;
    private static final int KILLS_A_ROUND = 3;

    private final Path folder;
    private final Random random;
    private int kills;

    Killing(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
    }

    /// Goes on until so many promotions were killed.
    void atLeast(int wanted) throws IOException, InterruptedException {
        for (int round = 0; kills < wanted; round++) {
            Path place = Files.createDirectories(folder.resolve("round-" + round));
            try (Stage stage = Stage.open(place, Stage.images(IMAGES))) {
                round(stage, Kpromo.at(place).signing(), "round " + round);
            }
        }
    }

    private void round(Stage stage, Kpromo kpromo, String name) throws IOException, InterruptedException {
        Path manifest = stage.manifest();
        for (int i = 0; i < KILLS_A_ROUND; i++) {
            int nth = 1 + random.nextInt(REQUESTS);
            String when = name + ", killed at request " + nth;
            boolean killed = killedAt(nth, stage, kpromo, manifest);
            stage.assertNothingIncomplete(when);
            if (!killed) {
                stage.assertAllInPlace(name + ", which " + nth + " requests did not reach");
                break;
            }
            kills++;
        }
        Kpromo.Ended rerun = kpromo.promote(manifest);
        assertThat(rerun.exit()).as(name + ", the rerun: " + rerun.story()).isZero();
        stage.assertAllInPlace(name + ", after the rerun");
        stage.assertSignedAndRecordedOnce(name + ", after the rerun");
        stage.resetCounts();
        Kpromo.Ended again = kpromo.promote(manifest);
        assertThat(again.exit()).as(name + ", the run after: " + again.story()).isZero();
        stage.assertNothingWritten(name + ", the run after");
    }

    /// @return whether the promotion was killed; else it was done before
    private static boolean killedAt(int nth, Stage stage, Kpromo kpromo, Path manifest)
            throws IOException, InterruptedException {
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
        Kpromo.Ended ended;
        try (Kpromo.Running running = kpromo.startPromotion(manifest)) {
            victim.complete(running);
            ended = running.ended();
        }
        stage.registries().forEach(registry -> registry.faults().clear());
        boolean killed = seen.get() >= nth;
        assertThat(ended.exit()).as(ended.story()).isIn(killed ? new Integer[] {137, 0} : new Integer[] {0});
        return killed && ended.exit() != 0;
    }
}
