// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.folder.FolderForge;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseNotesCommandTest {
    private static final Slug HOME = Slug.of("team/tool");
    private static final RefName MAIN = new RefName("main");
    private static final Author AUTHOR = new Author("Alice", "alice@example.org");

    @TempDir
    private Path folder;

    @Test
    void notesBeginAfterTheLastVersion() throws InterruptedException {
        try (FolderForge forge = new FolderForge(folder, "alice", InstantSource.fixed(Instant.EPOCH))) {
            CommitId first = forge.create(HOME, List.of(SourceFile.of("a", "1")));
            forge.sources(HOME).createTag(new RefName("v0.9.0"), first, "v0.9.0", Optional.of(AUTHOR));
            merge(forge, "old", "```release-note\nOld news.\n```");
            CommitId released = forge.sources(HOME).branch(MAIN).orElseThrow();
            forge.sources(HOME).createTag(new RefName("v1.0.0"), released, "v1.0.0", Optional.of(AUTHOR));
            merge(forge, "new", "```release-note\r\nNew things.\r\n```");
            merge(forge, "silent", "nothing said");
        }
        Ran ran = Ran.kpromo("release", "notes", "--repo", "team/tool", "--forge", "folder=" + folder);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("## Other changes\n\n- New things. (").doesNotContain("Old news");
        assertThat(ran.err()).contains("1 pull request without a release-note block: #3");

        Ran json = Ran.kpromo(
                "release",
                "notes",
                "--repo",
                "team/tool",
                "--forge",
                "folder=" + folder,
                "--to",
                "v1.0.0",
                "--output",
                "json");
        assertThat(json.out()).contains("\"from\" : \"v0.9.0\"", "\"text\" : \"Old news.\"");

        Ran none =
                Ran.kpromo("release", "notes", "--repo", "team/tool", "--forge", "folder=" + folder, "--to", "v0.9.0");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("no tag is a version before v0.9.0; say what to begin with by --from");
    }

    @Test
    void aRepositoryMustBeNamed() {
        assertThat(Ran.kpromo("release", "notes", "--base-path", folder.toString())
                        .code())
                .isEqualTo(2);
    }

    private static void merge(FolderForge forge, String name, String body) throws InterruptedException {
        RefName branch = new RefName(name);
        forge.commit(HOME, branch, List.of(SourceFile.of(name, "1")), name, AUTHOR);
        PullRequest request =
                forge.pullRequests(HOME).create(new NewPullRequest(HOME, branch, MAIN, "Change " + name, body));
        forge.merge(HOME, request.number());
    }
}
