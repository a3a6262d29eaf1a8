// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.fake.Asked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many requests each step sends to GitHub, boxes of the tracking issue included.
class ReleaseRequestsTest {
    @TempDir
    Path folder;

    private WebSite site;
    private ReleaseWorld world;
    private Walker walker;

    @BeforeEach
    void begin() throws Exception {
        site = new WebSite(folder, WebSite.Kind.GITHUB);
        world = new ReleaseWorld(folder, site);
        walker = new Walker(world);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void eachStepAsksForAsLittleAsItCan() throws Exception {
        Map<String, List<Integer>> counts = new TreeMap<>();
        walker.walk(id -> {
            counts.computeIfAbsent(id, _ -> new ArrayList<>()).add(requests(id));
            // Where there is nothing left to do.
            counts.computeIfAbsent(id, _ -> new ArrayList<>()).add(requests(id));
        });

        assertThat(counts)
                .isEqualTo(Map.of(
                        "track", List.of(7, 1),
                        "bump", List.of(3, 1),
                        "tag", List.of(11, 4),
                        "draft", List.of(14, 4),
                        "staged", List.of(3, 1),
                        "promote", List.of(16, 6, 8, 8), // before the merge, and after it
                        "status", List.of(5, 3),
                        "publish", List.of(8, 2),
                        "rollout", List.of(14, 5, 8, 6),
                        "announce", List.of(22, 2)));
    }

    private int requests(String id) throws InterruptedException {
        site.server.forgetSent();
        walker.step(id);
        return site.server.sent().size();
    }

    /// Eleven steps, each of which would ask some of it by itself.
    @Test
    void whereEverythingStandsIsAskedOnce() throws Exception {
        walker.walk(walker::step);
        site.server.forgetSent();
        world.doing(world.forge, steps -> {
            for (Step step : steps.all()) {
                assertThat(step.look().isOver()).as(step.id()).isTrue();
            }
            return steps;
        });

        Set<String> once = new HashSet<>();
        assertThat(site.server.sent())
                .hasSize(17)
                .allSatisfy(asked -> assertThat(once.add(question(asked)))
                        .as(question(asked))
                        .isTrue());
    }

    private static String question(Asked asked) {
        return asked.method() + " " + asked.target() + " " + asked.body();
    }

    /// Boxes that are ticked are looked at only.
    @Test
    void aRunThatFindsAllDoneChangesNothing() throws Exception {
        walker.walk(walker::step);
        assertThat(walker.run()).isEmpty();
        site.server.forgetSent();
        assertThat(walker.run()).isEmpty();

        assertThat(site.server.sent())
                .hasSize(17)
                .allMatch(
                        asked -> asked.method().equals("GET") || asked.target().endsWith("/graphql"));
    }
}
