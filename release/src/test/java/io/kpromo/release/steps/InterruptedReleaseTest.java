// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.fake.Asked;
import io.kpromo.forge.fake.ForgeServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A release on GitHub, GitLab and Gitea whose connection breaks at one request after the other, before it is done
/// and after: the next run finishes, and nothing is there twice.
@Timeout(300)
class InterruptedReleaseTest {
    @TempDir
    Path folder;

    /// Requests that change something, and the first that each step asks.
    @ParameterizedTest
    @EnumSource(WebSite.Kind.class)
    void whatBreaksAtAChangeIsFinishedByTheNextRunWithoutDoubles(WebSite.Kind kind) throws Exception {
        walkInterrupted(kind, (nth, asked) -> nth == 1 || changes(asked));
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(WebSite.Kind.class)
    void whatBreaksAnywhereIsFinishedByTheNextRunWithoutDoubles(WebSite.Kind kind) throws Exception {
        walkInterrupted(kind, (_, _) -> true);
    }

    /// GraphQL sends its questions as texts.
    static boolean changes(Asked asked) {
        return asked.target().endsWith("/graphql")
                ? asked.body().path("query").asString("").strip().startsWith("mutation")
                : !asked.method().equals("GET");
    }

    private interface Choice {
        boolean breaks(int nth, Asked asked);
    }

    private void walkInterrupted(WebSite.Kind kind, Choice which) throws Exception {
        WebSite site = new WebSite(folder, kind);
        try (ReleaseWorld world = new ReleaseWorld(folder, site)) {
            Walker walker = new Walker(world);
            walker.walk(id -> interrupted(world, site.server, id, which));
            walker.thereIsOneOfEach();
        }
    }

    private static void interrupted(ReleaseWorld world, ForgeServer server, String id, Choice which)
            throws InterruptedException {
        Walker walker = new Walker(world);
        world.save();
        server.forgetSent();
        Standing wanted = walker.step(id);
        List<Asked> asked = server.sent();
        Map<String, Object> census = server.world().census();
        for (int nth = 1; nth <= asked.size(); nth++) {
            Asked broken = asked.get(nth - 1);
            if (!which.breaks(nth, broken)) {
                continue;
            }
            for (ForgeServer.Fault fault : ForgeServer.Fault.values()) {
                String where = id + " broken at request " + nth + ", " + broken.method() + " " + broken.target() + ", "
                        + fault;
                world.restore();
                server.forgetSent();
                server.failAt(nth, fault);
                try {
                    walker.step(id);
                } catch (ForgeException failure) {
                    assertThat(failure).as(where).hasMessageContaining(broken.method());
                }
                assertThat(server.sent()).as(where).hasSizeGreaterThanOrEqualTo(nth);
                Standing again = walker.step(id);
                if (id.equals("announce") && again instanceof Standing.Blocked blocked) {
                    walker.nobodyKnows(blocked);
                } else {
                    assertThat(again).as(where).isEqualTo(wanted);
                    assertThat(world.messages.size()).as(where).isLessThanOrEqualTo(1);
                }
                assertThat(server.world().census()).as(where).isEqualTo(census);
            }
        }
        world.restore();
        assertThat(walker.step(id)).isEqualTo(wanted);
    }
}
