// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Issue;
import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderForgeTest {
    private static final Slug HOME = Slug.of("team/k8s.io");
    private static final RefName MAIN = new RefName("main");
    private static final RefName CHANGE = new RefName("change");

    @TempDir
    Path root;

    private FolderForge forge;
    private CommitId first;

    @BeforeEach
    void aRepository() throws InterruptedException {
        forge = new FolderForge(root, "alice", () -> Instant.parse("2026-11-23T10:00:00Z"));
        first = forge.create(
                HOME,
                List.of(
                        SourceFile.of("m/b/p.yaml", "b"),
                        SourceFile.of("m/a-b/p.yaml", "a-b"),
                        SourceFile.of("m/a/p.yaml", "a"),
                        SourceFile.of("m/p.yaml", "top"),
                        SourceFile.of("m/a/too/deep/p.yaml", "deep"),
                        SourceFile.of("p.yaml", "outside")));
    }

    @Test
    void filesComeInTheOrderOfAWalkAndNotFromTooDeep() throws InterruptedException {
        assertThat(forge.sources(HOME).files(first, "m", "p.yaml"))
                .extracting(SourceFile::path)
                .containsExactly("m/a/p.yaml", "m/a-b/p.yaml", "m/b/p.yaml", "m/p.yaml");
    }

    @Test
    void aCommitChangesItsFilesAndLeavesTheOthers() throws InterruptedException {
        Sources sources = forge.sources(HOME);
        CommitId second = sources.write(commit(first, Optional.empty(), SourceFile.of("m/b/p.yaml", "new")));
        assertThat(sources.branch(CHANGE)).contains(second);
        assertThat(sources.branch(MAIN)).contains(first);
        assertThat(sources.file(second, "m/b/p.yaml")).contains(SourceFile.of("m/b/p.yaml", "new"));
        assertThat(sources.file(second, "p.yaml")).contains(SourceFile.of("p.yaml", "outside"));
        assertThat(sources.file(second, "m")).isEmpty();
        assertThat(sources.between("main", "change"))
                .extracting(SourceCommit::message)
                .containsExactly("A change\n\nSigned-off-by: A <a@example.com>");
    }

    @Test
    void aBranchThatIsNotAsExpectedStays() throws InterruptedException {
        Sources sources = forge.sources(HOME);
        CommitId second = sources.write(commit(first, Optional.empty(), SourceFile.of("x", "1")));
        assertThatThrownBy(() -> sources.write(commit(first, Optional.empty(), SourceFile.of("x", "2"))))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("refs/heads/change");
        assertThatThrownBy(() -> sources.write(commit(first, Optional.of(first), SourceFile.of("x", "2"))))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> sources.deleteBranch(CHANGE, first)).isInstanceOf(ConflictException.class);
        assertThat(sources.branch(CHANGE)).contains(second);
        CommitId third = sources.write(commit(first, Optional.of(second), SourceFile.of("x", "3")));
        sources.deleteBranch(CHANGE, third);
        sources.deleteBranch(CHANGE, third);
        assertThat(sources.branch(CHANGE)).isEmpty();
    }

    @Test
    void pathsThatLeaveTheRepositoryAreRefused() {
        for (String path : List.of("../x", "a/../../x", ".git/config", "/x", "")) {
            assertThatThrownBy(
                            () -> forge.sources(HOME).write(commit(first, Optional.empty(), SourceFile.of(path, "x"))))
                    .as(path)
                    .isInstanceOf(ForgeException.class);
        }
    }

    @Test
    void aForkKnowsItsParentAndGetsCommitsThatItLacks() throws InterruptedException {
        Slug fork = forge.fork(HOME, "bob");
        assertThat(forge.sources(fork).facts()).map(RepositoryFacts::parent).contains(Optional.of(HOME));
        CommitId newer =
                forge.commit(HOME, MAIN, List.of(SourceFile.of("new", "1")), "News", new Author("C", "c@example.com"));
        NewCommit onTop =
                new NewCommit(CHANGE, Optional.empty(), Optional.empty(), newer, List.of(), "On top", Optional.empty());
        assertThatThrownBy(() -> forge.sources(fork).write(onTop)).isInstanceOf(ForgeException.class);
        forge.sources(fork)
                .write(new NewCommit(
                        CHANGE, Optional.empty(), Optional.of(HOME), newer, List.of(), "On top", Optional.empty()));
        assertThat(forge.sources(fork).branch(CHANGE)).isPresent();
    }

    @Test
    void aPullRequestIsOpenedOnceAndListedWhenMerged() throws InterruptedException {
        Slug fork = forge.fork(HOME, "bob");
        NewPullRequest request = new NewPullRequest(fork, CHANGE, MAIN, "Title", "Body");
        assertThatThrownBy(() -> forge.pullRequests(HOME).create(request)).hasMessageContaining("no such branch");
        forge.sources(fork).write(commit(first, Optional.empty(), SourceFile.of("x", "1")));
        PullRequest opened = forge.pullRequests(HOME).create(request);
        assertThat(forge.pullRequests(HOME).create(request)).isEqualTo(opened);
        assertThat(forge.pullRequests(HOME).of(Slug.of("BOB/k8s.io"), CHANGE)).contains(opened);

        forge.label(HOME, opened.number(), List.of("kind/bug"));
        CommitId merged = forge.merge(HOME, opened.number());
        assertThat(forge.sources(HOME).branch(MAIN)).contains(merged);
        assertThat(forge.pullRequests(HOME).get(opened.number()))
                .map(PullRequest::state)
                .contains(PullRequest.State.MERGED);
        assertThat(forge.pullRequests(HOME).merged(first.hex(), "main"))
                .containsExactly(new MergedPullRequest(
                        opened.number(), "Title", "Body", "alice", List.of("kind/bug"), merged, opened.web()));
        assertThatThrownBy(() -> forge.pullRequests(HOME).create(request)).hasMessageContaining("no commits between");
    }

    @Test
    void anIssueThatSomebodyElseChangedStaysAsTheyLeftIt() throws InterruptedException {
        Issue issue = forge.issues(HOME).create(new NewIssue("Release", "one", List.of("l"), List.of("alice")));
        assertThat(forge.issues(HOME).create(new NewIssue("Release", "two", List.of(), List.of())))
                .isEqualTo(issue);
        Issue changed = forge.issues(HOME).update(issue, "three");
        assertThatThrownBy(() -> forge.issues(HOME).update(issue, "four")).isInstanceOf(ConflictException.class);
        assertThat(forge.issues(HOME).titled("Release")).containsExactly(changed);
        forge.issues(HOME).comment(issue.number(), "Hello");
        assertThat(forge.issues(HOME).comments(issue.number())).hasSize(1);
        forge.issues(HOME).close(issue.number());
        assertThat(forge.issues(HOME)
                        .create(new NewIssue("Release", "two", List.of(), List.of()))
                        .number())
                .isEqualTo(issue.number() + 1);
    }

    @Test
    void aReleaseIsFoundAsADraftAndMakesItsTagWhenPublished() throws Exception {
        RefName tag = new RefName("v1.0.0");
        Release draft = forge.releases(HOME).create(new NewRelease(tag, first, "One", "Notes", true, false));
        assertThat(forge.releases(HOME).create(new NewRelease(tag, first, "Two", "", false, false)))
                .isEqualTo(draft);
        assertThat(forge.sources(HOME).tag(tag)).isEmpty();
        Path file = Files.writeString(root.resolve("file"), "content");
        Release.Asset asset = forge.releases(HOME).upload(draft, "file.txt", "text/plain", file);
        assertThatThrownBy(() -> forge.releases(HOME).upload(draft, "file.txt", "text/plain", file))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> forge.releases(HOME).upload(draft, "../file.txt", "text/plain", file))
                .hasMessageContaining("../file.txt");
        forge.releases(HOME).update(draft.id(), new NewRelease(tag, first, "One", "Notes", false, false));
        assertThat(forge.releases(HOME).of(tag)).map(Release::assets).contains(List.of(asset));
        assertThat(forge.sources(HOME).tag(tag)).contains(first);
        assertThatThrownBy(() -> forge.sources(HOME).createTag(tag, first, "again", Optional.empty()))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void anotherProcessFindsAllOfIt() throws InterruptedException {
        forge.issues(HOME).create(new NewIssue("Release", "text", List.of(), List.of()));
        forge.discussions(HOME).create("news", "Out", "text");
        FolderForge again = new FolderForge(root, "bob", Instant::now);
        assertThat(again.issues(HOME).titled("Release")).hasSize(1);
        assertThat(again.discussions(HOME).create("news", "Out", "text"))
                .isEqualTo(forge.discussions(HOME).titled("news", "Out").orElseThrow());
        assertThat(again.sources(Slug.of("team/other")).facts()).isEmpty();
        assertThatThrownBy(() -> again.sources(Slug.of("team/other")).branch(MAIN))
                .hasMessageContaining("no repository team/other");
    }

    private static NewCommit commit(CommitId parent, Optional<CommitId> over, SourceFile file) {
        return new NewCommit(
                CHANGE,
                over,
                Optional.empty(),
                parent,
                List.of(file),
                "A change\n\nSigned-off-by: A <a@example.com>",
                Optional.of(new Author("A", "a@example.com")));
    }
}
