// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.Forge;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.util.Optional;

/// Somebody who releases, and waits for nobody.
record Walker(ReleaseWorld world) {
    /// Does one step.
    Standing step(String id) throws InterruptedException {
        return step(world.forge, id);
    }

    /// @param seen the forge, as this run sees it
    Standing step(Forge seen, String id) throws InterruptedException {
        return world.doing(seen, steps -> walk(steps).to(steps.find(id).orElseThrow()));
    }

    /// Goes on as far as it goes.
    Optional<Standing> run() throws InterruptedException {
        return world.doing(world.forge, steps -> walk(steps).through(steps.all()));
    }

    private static Walk walk(Steps steps) {
        return new Walk(true, Duration.ZERO, steps, new Quiet(), Time.system());
    }

    /// A step that stands in the way of others, broken off at one of its requests.
    interface Breaking {
        void at(String id) throws InterruptedException;
    }

    /// The whole release, with the people and jobs that do their part.
    void walk(Breaking step) throws InterruptedException {
        step.at("track");
        step.at("bump");
        world.commit();
        step.at("tag");
        step.at("draft");
        world.stage();
        step.at("staged");
        step.at("promote");
        world.merge(ReleaseWorld.MANIFESTS);
        step.at("promote");
        world.promote();
        step.at("status");
        step.at("publish");
        step.at("rollout");
        world.merge(ReleaseWorld.DEPLOY);
        step.at("rollout");
        step.at("announce");
    }

    /// Where it is not known whether an announcement went out, nobody sends it again.
    void nobodyKnows(Standing.Blocked blocked) {
        assertThat(world.messages).hasSizeLessThanOrEqualTo(1);
        assertThat(blocked.why()).contains("interrupted while it announced to Slack (SLACK_WEBHOOK)");
        assertThat(blocked.advice()).contains("write \"announced\" instead of \"announcing\"");
    }

    void thereIsOneOfEach() throws InterruptedException {
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
        assertThat(world.site.branches(ReleaseWorld.DEPLOY)).hasSize(2);
        assertThat(world.messages).singleElement().asString().startsWith("tool v1.2.0 is released\n");
        if (world.site.hasDiscussions()) {
            assertThat(world.forge.discussions(ReleaseWorld.TOOL).titled("Announcements", "tool v1.2.0 is released"))
                    .isPresent();
        }
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
