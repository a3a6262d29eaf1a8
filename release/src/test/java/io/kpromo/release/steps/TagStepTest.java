// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.git.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagStepTest {
    private static final RefName TAG = new RefName("v1.2.0");
    private static final Author SOMEBODY = new Author("Ann", "ann@example.com");

    @TempDir
    Path folder;

    private FolderSite site;
    private ReleaseWorld world;

    @BeforeEach
    void begin() throws Exception {
        site = new FolderSite(folder);
        world = new ReleaseWorld(folder, site);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aTagSaysWhatItWouldDoAndWhichImageTagIsFree() throws Exception {
        assertThat(world.look("tag").line())
                .startsWith("put the annotated tag v1.2.0 on ")
                .endsWith("let the image be tagged v1.2.0-0, the next free one in staging");
        world.stage();
        assertThat(world.look("tag").line()).contains("v1.2.0-1");
    }

    @Test
    void changesThatAreNotCommittedStopIt() throws Exception {
        Files.writeString(world.tree().resolve("new.txt"), "?");

        assertThat(world.look("tag"))
                .isEqualTo(new Standing.Blocked(
                        "there are changes that are not committed: new.txt", "commit them, or take them back"));
    }

    @Test
    void aVersionThatDoesNotFollowStopsIt() throws Exception {
        tag("v1.3.0-rc.1", head());
        tag("v1.1.5", head());

        assertThat(world.look("tag")).isInstanceOf(Standing.Ready.class);
        world.forge.sources(ReleaseWorld.TOOL).createTag(new RefName("v1.2.0-rc.3"), head(), "x", Optional.empty());
        assertThat(world.look("tag")).isInstanceOf(Standing.Ready.class);
        world.version("v1.5.0");
        assertThat(world.look("tag").line()).contains("v1.5.0 does not follow v1.3.0-rc.1");
    }

    @Test
    void aTagOnSomethingElseStopsIt() throws Exception {
        CommitId elsewhere = site.forge.commit(
                ReleaseWorld.TOOL, new RefName("other"), List.of(SourceFile.of("x", "y")), "Something else", SOMEBODY);
        tag("v1.2.0", elsewhere);
        fetch(elsewhere);

        assertThat(world.look("tag").line())
                .contains("is on " + elsewhere.brief() + ", which is not part of what is checked out");
    }

    @Test
    void aTagHereThatTheForgeHasElsewhereStopsIt() throws Exception {
        CommitId before = head();
        Files.writeString(world.tree().resolve("new.txt"), "?");
        world.commit();
        tag("v1.2.0", head());
        here(git -> git.createTag(TAG, before, "x", SOMEBODY, Instant.EPOCH));

        assertThat(world.look("tag").line()).contains("git tag --delete v1.2.0");
    }

    @Test
    void aCommitThatWasNotPushedStopsIt() throws Exception {
        Files.writeString(world.tree().resolve("new.txt"), "?");
        world.save();
        world.commit();
        site.restore();

        assertThat(world.look("tag").line()).contains("which is not in main of team/tool");
    }

    @Test
    void aTagStaysDoneWhenTheBranchGoesOn() throws Exception {
        tag("v1.2.0", head());
        Files.writeString(world.tree().resolve("new.txt"), "?");
        world.commit();

        assertThat(world.look("tag")).isInstanceOf(Standing.Done.class);
    }

    @Test
    void aTagThatIsHereIsPushedAndThenSeen() throws Exception {
        CommitId head = head();
        here(git -> git.createTag(TAG, head, "x", SOMEBODY, Instant.EPOCH));

        assertThat(new Walker(world).step("tag")).isInstanceOf(Standing.Done.class);
        assertThat(world.forge.sources(ReleaseWorld.TOOL).tag(TAG)).contains(head);
    }

    private CommitId head() throws InterruptedException {
        return world.forge
                .sources(ReleaseWorld.TOOL)
                .branch(new RefName("main"))
                .orElseThrow();
    }

    private void tag(String name, CommitId commit) throws InterruptedException {
        world.forge.sources(ReleaseWorld.TOOL).createTag(new RefName(name), commit, "x", Optional.empty());
    }

    private void fetch(CommitId commit) {
        here(git -> {
            try (GitRepository there = GitRepository.bare(Path.of(site.forge.address(ReleaseWorld.TOOL)))) {
                git.take(there, "refs/heads/other", "refs/remotes/origin/other");
            }
            assertThat(git.has(commit)).isTrue();
        });
    }

    private void here(Consumer<GitRepository> deed) {
        try (GitRepository git = GitRepository.around(world.tree()).orElseThrow()) {
            deed.accept(git);
        }
    }
}
