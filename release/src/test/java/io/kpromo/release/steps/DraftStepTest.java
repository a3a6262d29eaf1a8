// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.fake.Asked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DraftStepTest {
    private static final RefName TAG = new RefName("v1.2.0");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(WebSite.Kind.class)
    void aDraftWithAllItsFilesIsDoneAndARepeatChangesNothing(WebSite.Kind kind) throws Exception {
        WebSite site = new WebSite(folder, kind);
        try (ReleaseWorld world = new ReleaseWorld(folder, site)) {
            Walker walker = drafted(world);

            site.server.forgetSent();
            assertThat(walker.step("draft")).isInstanceOf(Standing.Done.class);
            assertThat(site.server.sent()).noneMatch(InterruptedReleaseTest::changes);
        }
    }

    @ParameterizedTest
    @EnumSource(WebSite.Kind.class)
    void aFileThatWasBuiltAnewIsUploadedAgainThoughItIsAsLongAsTheOldOne(WebSite.Kind kind) throws Exception {
        WebSite site = new WebSite(folder, kind);
        try (ReleaseWorld world = new ReleaseWorld(folder, site)) {
            Walker walker = drafted(world);
            Path built = world.tree().resolve("dist/tool.tar.gz");
            Files.writeString(built, Files.readString(built).toUpperCase(Locale.ROOT));

            site.server.forgetSent();
            assertThat(walker.step("draft")).isInstanceOf(Standing.Done.class);
            assertThat(site.server.sent())
                    .filteredOn(InterruptedReleaseTest::changes)
                    .extracting(Asked::target)
                    .anyMatch(target -> target.contains("tool.tar.gz"))
                    .anyMatch(target -> target.contains("sha256sums"));
            assertThat(release(world).assets())
                    .extracting(Release.Asset::name)
                    .containsExactlyInAnyOrder("tool.tar.gz", "sha256sums");
        }
    }

    private static Walker drafted(ReleaseWorld world) throws InterruptedException {
        Walker walker = new Walker(world);
        walker.step("track");
        walker.step("bump");
        world.commit();
        walker.step("tag");
        assertThat(walker.step("draft")).isInstanceOf(Standing.Done.class);
        assertThat(SumsMark.without(release(world).body())).isEqualTo("Changes since v1.1.0\n");
        return walker;
    }

    private static Release release(ReleaseWorld world) throws InterruptedException {
        return world.forge.releases(ReleaseWorld.TOOL).of(TAG).orElseThrow();
    }
}
