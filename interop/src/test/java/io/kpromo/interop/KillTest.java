// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    @TempDir
    private Path folder;

    @Test
    void aPromotionThatIsKilledLeavesNothingIncompleteAndTheNextOneFinishesIt()
            throws IOException, InterruptedException {
        new Killing(folder, 2026).atLeast(3);
    }

    @Test
    @Tag("slow")
    void noKillOfAHundredLeavesAnythingIncompleteAndEachIsMendedByOneRerun() throws IOException, InterruptedException {
        new Killing(folder, 11).atLeast(100);
    }
}
