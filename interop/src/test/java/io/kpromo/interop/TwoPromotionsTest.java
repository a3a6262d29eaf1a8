// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.http.Kind;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoPromotionsTest {
    @TempDir
    private Path folder;

    @Test
    void twoPromotionsOfTheSameToTheSameMirrorsAtTheSameTimeBothEndWell() throws IOException, InterruptedException {
        try (Stage stage = Stage.open(folder, Stage.images(3))) {
            stage.registries()
                    .forEach(registry -> registry.faults()
                            .add(Fault.on(Kind.values())
                                    .by(new Effect.Delays(Duration.ofMillis(5))))); // so that they overlap
            Kpromo kpromo = Kpromo.at(folder);
            try (Kpromo.Running one = kpromo.startPromotion(stage.manifest());
                    Kpromo.Running other = kpromo.startPromotion(stage.manifest())) {
                Kpromo.Ended oneEnded = one.ended();
                Kpromo.Ended otherEnded = other.ended();

                assertThat(oneEnded.exit()).as(oneEnded.story()).isZero();
                assertThat(otherEnded.exit()).as(otherEnded.story()).isZero();
            }
            stage.assertAllInPlace("after both");
        }
    }
}
