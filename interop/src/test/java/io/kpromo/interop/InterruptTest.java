// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.fault.Gate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
    @TempDir
    private Path folder;

    @Test
    void ctrlCEndsAPromotionWithinTwoSecondsWith130AndARerunFinishesIt() throws IOException, InterruptedException {
        try (Stage stage = Stage.open(folder, Stage.images(2))) {
            Kpromo kpromo = Kpromo.at(folder);
            Registry stalled = stage.mirrors().getFirst();
            Gate closed = new Gate();
            stalled.faults().add(Fault.on(Kind.PUT_MANIFEST).by(new Effect.Stalls(closed)));
            Kpromo.Ended ended;
            boolean inTime;
            try (Kpromo.Running running = kpromo.startPromotion(stage.manifest())) {
                closed.awaitArrival(); // from here on the promotion is in the middle of things for good
                running.signal("INT");
                inTime = running.process().waitFor(2, TimeUnit.SECONDS);
                closed.open();
                ended = running.ended();
            }

            assertThat(inTime).as(ended.story()).isTrue();
            assertThat(ended.exit()).as(ended.story()).isEqualTo(130);
            assertThat(ended.err()).containsIgnoringCase("interrupted").contains("again");
            stage.assertNothingIncomplete("after Ctrl-C");
            stalled.faults().clear();
            Kpromo.Ended rerun = kpromo.promote(stage.manifest());
            assertThat(rerun.exit()).as(rerun.story()).isZero();
            stage.assertAllInPlace("after the rerun");
        }
    }
}
