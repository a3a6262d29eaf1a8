// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.trust.sigstore.SampleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Promotions that are killed while they copy, sign, carry, sum up and record, begun again, and perhaps killed
/// again.
class KillTest {
    private static final int IMAGES = 3;
    private static final int REQUESTS = 300;
    private static final int KILLS_A_ROUND = 3;

    @TempDir
    private Path folder;

    @Test
    void aPromotionThatIsKilledLeavesNothingIncompleteAndTheNextOneFinishesIt()
            throws IOException, InterruptedException {
        kill(3, new Killing(2026, REQUESTS));
    }

    @Test
    @Tag("slow")
    void noKillOfAHundredLeavesAnythingIncompleteAndEachIsMendedByOneRerun() throws IOException, InterruptedException {
        kill(100, new Killing(11, REQUESTS));
    }

    private void kill(int wanted, Killing killing) throws IOException, InterruptedException {
        int kills = 0;
        for (int n = 0; kills < wanted; n++) {
            String round = "round " + n;
            Path place = Files.createDirectories(folder.resolve(round));
            try (Stage stage = Stage.open(place, Stage.images(IMAGES));
                    SampleBuilder builder = new SampleBuilder(place, 1)) {
                stage.attested(builder);
                Kpromo kpromo = Kpromo.at(place).signing().summingUp(builder.trustedRoot());
                kills += kills(stage, kpromo, killing, round);
                aRerunFinishes(stage, kpromo, round);
                andThenNothingIsLeftToDo(stage, kpromo, round);
            }
        }
    }

    /// @return how many
    private static int kills(Stage stage, Kpromo kpromo, Killing killing, String round)
            throws IOException, InterruptedException {
        for (int kills = 0; kills < KILLS_A_ROUND; kills++) {
            Killing.Attempt attempt = killing.attempt(stage, kpromo, stage.manifest());
            String when = round + ", killed at request " + attempt.nth();
            assertThat(attempt.ended().exit())
                    .as(when + ": " + attempt.ended().story())
                    .isIn(attempt.reached() ? new Integer[] {137, 0} : new Integer[] {0});
            stage.assertNothingIncomplete(when);
            if (!attempt.killed()) {
                stage.assertAllInPlace(when + ", which it did not reach");
                return kills;
            }
        }
        return KILLS_A_ROUND;
    }

    private static void aRerunFinishes(Stage stage, Kpromo kpromo, String round)
            throws IOException, InterruptedException {
        Kpromo.Ended rerun = kpromo.promote(stage.manifest());
        assertThat(rerun.exit()).as(round + ", the rerun: " + rerun.story()).isZero();
        stage.assertAllInPlace(round + ", after the rerun");
        stage.assertProvenOnce(round + ", after the rerun");
    }

    private static void andThenNothingIsLeftToDo(Stage stage, Kpromo kpromo, String round)
            throws IOException, InterruptedException {
        stage.resetCounts();
        Kpromo.Ended again = kpromo.promote(stage.manifest());
        assertThat(again.exit()).as(round + ", the run after: " + again.story()).isZero();
        stage.assertNothingWritten(round + ", the run after");
    }
}
