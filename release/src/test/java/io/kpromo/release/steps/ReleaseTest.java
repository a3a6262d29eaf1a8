// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.fault.FailingForge;
import io.kpromo.forge.fault.FailingForge.When;
import java.nio.file.Path;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {
    @TempDir
    Path folder;

    private ReleaseWorld world;
    private Walker walker;

    @BeforeEach
    void begin() throws Exception {
        world = new ReleaseWorld(folder, new FolderSite(folder));
        walker = new Walker(world);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aReleaseGoesFromStepToStepAndStopsWherePeopleAct() throws Exception {
        assertThat(walker.run())
                .get()
                .isInstanceOf(Standing.Blocked.class)
                .extracting(Standing::line)
                .asString()
                .contains("not committed: VERSION, dependencies.yaml");
        world.commit();
        assertThat(walker.run())
                .get()
                .isInstanceOf(Standing.Waiting.class)
                .extracting(Standing::line)
                .asString()
                .contains("the build of")
                .contains("/staging/tool:v1.2.0-0");
        world.stage();
        assertThat(walker.run())
                .get()
                .isInstanceOf(Standing.Waiting.class)
                .extracting(Standing::line)
                .asString()
                .isEqualTo("review and merge of pull request #1");
        world.merge(ReleaseWorld.MANIFESTS);
        assertThat(walker.run())
                .get()
                .isInstanceOf(Standing.Waiting.class)
                .extracting(Standing::line)
                .asString()
                .contains("/eu/tool:v1.2.0-0")
                .contains("/us/tool:v1.2.0-0");
        world.promote();
        assertThat(walker.run())
                .get()
                .isInstanceOf(Standing.Waiting.class)
                .extracting(Standing::line)
                .asString()
                .startsWith("review and merge of pull request #1 \"Use ");
        world.merge(ReleaseWorld.DEPLOY);
        assertThat(walker.run()).isEmpty();
        assertThat(walker.run()).isEmpty();

        walker.thereIsOneOfEach();
        assertThat(new TrackingIssue(world.issue().body()).boxes()).hasSize(7).allMatch(TrackingIssue.Box::ticked);
    }

    /// The answer to every request that changes something gets lost in turn: the run ends, and the next one
    /// finishes, with nothing twice.
    @Test
    void whoIsInterruptedAtAChangeGoesOnWithoutDoubles() throws Exception {
        walkInterrupted((request, when) -> when == When.AFTER && changes(request));
    }

    @Test
    @Tag("slow")
    void whoIsInterruptedAnywhereGoesOnWithoutDoubles() throws Exception {
        walkInterrupted((_, _) -> true);
    }

    private static boolean changes(String request) {
        return request.matches(".*\\.(create|createTag|update|upload|deleteAsset|write|comment)");
    }

    private void walkInterrupted(BiPredicate<String, When> which) throws Exception {
        walker.walk(id -> interrupted(id, which));
        walker.thereIsOneOfEach();
    }

    /// @param which requests fail, by their names
    private void interrupted(String id, BiPredicate<String, When> which) throws InterruptedException {
        world.save();
        FailingForge counting = FailingForge.never();
        Standing wanted = walker.step(counting.before(world.forge), id);
        for (int request = 1; request <= counting.asked().size(); request++) {
            String name = counting.asked().get(request - 1);
            for (When when : When.values()) {
                if (!which.test(name, when)) {
                    continue;
                }
                world.restore();
                FailingForge failing = FailingForge.at(request, when);
                assertThatThrownBy(() -> walker.step(failing.before(world.forge), id))
                        .isInstanceOf(ForgeException.class);
                Standing again = walker.step(world.forge, id);
                if (id.equals("announce") && again instanceof Standing.Blocked blocked) {
                    walker.nobodyKnows(blocked);
                } else {
                    assertThat(again)
                            .as("%s, repeated after %s failed %s it was done", id, name, when)
                            .isEqualTo(wanted);
                }
            }
        }
        world.restore();
        assertThat(walker.step(world.forge, id)).isEqualTo(wanted);
    }
}
