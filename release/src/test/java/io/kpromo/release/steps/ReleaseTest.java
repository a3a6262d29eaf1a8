// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.fault.FailingForge;
import io.kpromo.forge.fault.FailingForge.When;
import io.kpromo.oci.http.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {
    @TempDir
    Path folder;

    private ReleaseWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new ReleaseWorld(folder);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aReleaseGoesFromStepToStepAndStopsWherePeopleAct() throws Exception {
        assertThat(run())
                .get()
                .isInstanceOf(Standing.Blocked.class)
                .extracting(Standing::line)
                .asString()
                .contains("not committed: VERSION, dependencies.yaml");
        world.commit();
        assertThat(run())
                .get()
                .isInstanceOf(Standing.Waiting.class)
                .extracting(Standing::line)
                .asString()
                .contains("the build of")
                .contains("/staging/tool:v1.2.0-0");
        world.stage();
        assertThat(run())
                .get()
                .isInstanceOf(Standing.Waiting.class)
                .extracting(Standing::line)
                .asString()
                .isEqualTo("review and merge of pull request #1");
        world.merge(ReleaseWorld.MANIFESTS);
        assertThat(run())
                .get()
                .isInstanceOf(Standing.Waiting.class)
                .extracting(Standing::line)
                .asString()
                .contains("/eu/tool:v1.2.0-0")
                .contains("/us/tool:v1.2.0-0");
        world.promote();
        assertThat(run())
                .get()
                .isInstanceOf(Standing.Waiting.class)
                .extracting(Standing::line)
                .asString()
                .startsWith("review and merge of pull request #1 \"Use ");
        world.merge(ReleaseWorld.DEPLOY);
        assertThat(run()).isEmpty();
        assertThat(run()).isEmpty();

        thereIsOneOfEach();
        assertThat(new TrackingIssue(world.issue().body()).boxes()).hasSize(7).allMatch(TrackingIssue.Box::ticked);
    }

    /// Every request that changes something fails in turn, before it is done and after: the run ends, and the next
    /// one finishes, with nothing twice.
    @Test
    void whoIsInterruptedAtAChangeGoesOnWithoutDoubles() throws Exception {
        walkInterrupted(ReleaseTest::changes);
    }

    @Test
    @Tag("slow")
    void whoIsInterruptedAnywhereGoesOnWithoutDoubles() throws Exception {
        walkInterrupted(_ -> true);
    }

    private static boolean changes(String request) {
        return request.matches(".*\\.(create|createTag|update|upload|deleteAsset|write|comment)");
    }

    private void walkInterrupted(Predicate<String> which) throws Exception {
        interrupted("track", which);
        interrupted("bump", which);
        world.commit();
        interrupted("tag", which);
        interrupted("draft", which);
        world.stage();
        interrupted("staged", which);
        interrupted("promote", which);
        world.merge(ReleaseWorld.MANIFESTS);
        interrupted("promote", which);
        world.promote();
        interrupted("status", which);
        interrupted("publish", which);
        interrupted("rollout", which);
        world.merge(ReleaseWorld.DEPLOY);
        interrupted("rollout", which);
        interrupted("announce", which);

        thereIsOneOfEach();
    }

    /// @param which requests fail, by their names
    private void interrupted(String id, Predicate<String> which) throws InterruptedException {
        world.save();
        FailingForge counting = FailingForge.never();
        Standing wanted = step(counting.before(world.forge), id);
        for (int request = 1; request <= counting.asked().size(); request++) {
            String name = counting.asked().get(request - 1);
            for (When when : which.test(name) ? When.values() : new When[0]) {
                world.restore();
                FailingForge failing = FailingForge.at(request, when);
                assertThatThrownBy(() -> step(failing.before(world.forge), id)).isInstanceOf(ForgeException.class);
                Standing again = step(world.forge, id);
                if (id.equals("announce") && again instanceof Standing.Blocked blocked) {
                    nobodyKnows(blocked);
                } else {
                    assertThat(again)
                            .as("%s, repeated after %s failed %s it was done", id, name, when)
                            .isEqualTo(wanted);
                }
            }
        }
        world.restore();
        assertThat(step(world.forge, id)).isEqualTo(wanted);
    }

    /// Where it is not known whether an announcement went out, nobody sends it again.
    private void nobodyKnows(Standing.Blocked blocked) {
        assertThat(world.messages).hasSizeLessThanOrEqualTo(1);
        assertThat(blocked.why()).contains("interrupted while it announced to Slack (SLACK_WEBHOOK)");
        assertThat(blocked.advice()).contains("write \"announced\" instead of \"announcing\"");
    }

    private Standing step(Forge seen, String id) throws InterruptedException {
        return world.doing(seen, steps -> walk(steps).to(steps.find(id).orElseThrow()));
    }

    private Optional<Standing> run() throws InterruptedException {
        return world.doing(world.forge, steps -> walk(steps).through(steps.all()));
    }

    private static Walk walk(Steps steps) {
        return new Walk(true, Duration.ZERO, steps::tick, new Quiet(), Time.system());
    }

    private void thereIsOneOfEach() throws InterruptedException {
        assertThat(world.issue().open()).isTrue();
        assertThat(world.forge.sources(ReleaseWorld.TOOL).tags())
                .containsExactly(new RefName("v1.1.0"), new RefName("v1.2.0"));
        Release release = world.forge
                .releases(ReleaseWorld.TOOL)
                .of(new RefName("v1.2.0"))
                .orElseThrow();
        assertThat(release.draft()).isFalse();
        assertThat(release.body()).isEqualTo("Changes since v1.1.0\n");
        assertThat(release.assets())
                .extracting(Release.Asset::name)
                .containsExactlyInAnyOrder("tool.tar.gz", "sha256sums");
        assertThat(world.requests(ReleaseWorld.MANIFESTS))
                .singleElement()
                .extracting(PullRequest::state)
                .isEqualTo(PullRequest.State.MERGED);
        assertThat(world.requests(ReleaseWorld.DEPLOY))
                .singleElement()
                .extracting(PullRequest::state)
                .isEqualTo(PullRequest.State.MERGED);
        assertThat(world.branches(ReleaseWorld.DEPLOY)).hasSize(2);
        assertThat(world.messages).singleElement().asString().startsWith("tool v1.2.0 is released\n");
        assertThat(world.forge.discussions(ReleaseWorld.TOOL).titled("Announcements", "tool v1.2.0 is released"))
                .isPresent();
    }

    private record Quiet() implements Walk.Listener {
        @Override
        public void stands(Step step, Standing standing) {}

        @Override
        public void performs(Step step, Standing.Ready ready) {}

        @Override
        public void waits(Step step, Standing.Waiting waiting, Duration left) {}
    }
}
