// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every forge does, whatever it is. The account is `alice`.
@Timeout(120)
public abstract class ForgeContract {
    protected static final Slug HOME = Slug.of("team/k8s.io");
    protected static final RefName MAIN = new RefName("main");
    protected static final RefName CHANGE = new RefName("alice/change-1");
    protected static final Author CAROL = new Author("Carol", "carol@example.com");

    @TempDir
    protected Path folder;

    /// What people do on a forge's pages.
    protected interface Scene {
        CommitId create(Slug slug, List<SourceFile> files) throws InterruptedException;

        Slug fork(Slug parent, String owner) throws InterruptedException;

        CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message) throws InterruptedException;

        CommitId merge(Slug slug, long number) throws InterruptedException;

        void reject(Slug slug, long number) throws InterruptedException;

        void label(Slug slug, long number, List<String> labels) throws InterruptedException;

        /// @return the id that it has there
        String run(Slug slug, RefName branch, WorkflowRun run) throws InterruptedException;
    }

    protected abstract Forge forge();

    protected abstract Scene scene();

    /// Whether forks have their own store of commits, so that one that lags does not know what is new.
    protected boolean forksLag() {
        return true;
    }

    protected boolean hasDrafts() {
        return true;
    }

    protected boolean hasDiscussions() {
        return true;
    }

    /// So many commits that they do not come at once, where they come by pages.
    protected int moreThanAPage() {
        return 120;
    }

    /// So many tags, likewise.
    protected int moreTagsThanAPage() {
        return moreThanAPage();
    }

    protected static NewCommit change(CommitId parent, Optional<CommitId> over, SourceFile... files) {
        return new NewCommit(
                CHANGE,
                over,
                Optional.empty(),
                parent,
                List.of(files),
                "A change\n\nSigned-off-by: " + CAROL,
                Optional.of(CAROL));
    }

    private CommitId home() throws InterruptedException {
        return scene().create(
                        HOME,
                        List.of(
                                SourceFile.of("m/b/p.yaml", "b"),
                                SourceFile.of("m/a-b/p.yaml", "a-b"),
                                SourceFile.of("m/a/p.yaml", "a"),
                                SourceFile.of("m/a/q.yaml", "another"),
                                SourceFile.of("m/p.yaml", "top"),
                                SourceFile.of("m/a/b/p.yaml", "two folders deeper"),
                                SourceFile.of("m/a/too/deep/p.yaml", "deep"),
                                SourceFile.of("p.yaml", "outside"),
                                SourceFile.of("images/large.yaml", "x".repeat(1_100_000))));
    }

    @Test
    void itKnowsWhoIsSignedIn() throws InterruptedException {
        assertThat(forge().user()).isEqualTo("alice");
    }

    @Test
    void filesComeInTheOrderOfAWalkAndNotFromTooDeep() throws InterruptedException {
        CommitId first = home();
        assertThat(forge().sources(HOME).files(first, "m", "p.yaml"))
                .extracting(SourceFile::toString)
                .containsExactly(
                        "m/a/b/p.yaml (18 bytes)",
                        "m/a/p.yaml (1 bytes)",
                        "m/a-b/p.yaml (3 bytes)",
                        "m/b/p.yaml (1 bytes)",
                        "m/p.yaml (3 bytes)");
        assertThat(forge().sources(HOME).files(first, "nowhere", "p.yaml")).isEmpty();
    }

    @Test
    void aFileIsReadWholeWhateverItsSizeAndBytes() throws InterruptedException {
        CommitId first = home();
        Sources sources = forge().sources(HOME);
        assertThat(sources.file(first, "images/large.yaml").map(SourceFile::size))
                .contains(1_100_000);
        assertThat(sources.file(first, "m")).isEmpty();
        assertThat(sources.file(first, "m/nowhere")).isEmpty();
        byte[] odd = {(byte) 0xff, 0, (byte) 0xc3, '\r', '\n'};
        CommitId second = sources.write(change(first, Optional.empty(), SourceFile.of("dir with space/ü+%.bin", odd)));
        assertThat(sources.file(second, "dir with space/ü+%.bin").map(SourceFile::bytes))
                .contains(odd);
    }

    @Test
    void aRepositoryThatIsNotThereHasNoFacts() throws InterruptedException {
        home();
        assertThat(forge().sources(Slug.of("team/none")).facts()).isEmpty();
        assertThat(forge().sources(HOME).facts()).hasValueSatisfying(facts -> {
            assertThat(facts.slug()).hasToString("team/k8s.io");
            assertThat(facts.mainBranch()).isEqualTo(MAIN);
            assertThat(facts.parent()).isEmpty();
        });
        assertThat(forge().sources(HOME).branch(new RefName("none"))).isEmpty();
        assertThat(forge().sources(HOME).tag(new RefName("none"))).isEmpty();
    }

    @Test
    void aCommitChangesItsFilesAndLeavesTheOthers() throws InterruptedException {
        CommitId first = home();
        Sources sources = forge().sources(HOME);
        CommitId second = sources.write(change(
                first, Optional.empty(), SourceFile.of("m/b/p.yaml", "new\n"), SourceFile.of("m/c/p.yaml", "more")));
        assertThat(sources.branch(CHANGE)).contains(second);
        assertThat(sources.branch(MAIN)).contains(first);
        assertThat(sources.file(second, "m/b/p.yaml")).contains(SourceFile.of("m/b/p.yaml", "new\n"));
        assertThat(sources.file(second, "m/c/p.yaml")).contains(SourceFile.of("m/c/p.yaml", "more"));
        assertThat(sources.file(second, "p.yaml")).contains(SourceFile.of("p.yaml", "outside"));
        assertThat(sources.between("main", CHANGE.text())).singleElement().satisfies(commit -> {
            assertThat(commit.id()).isEqualTo(second);
            assertThat(commit.message()).startsWith("A change\n\nSigned-off-by: Carol");
            assertThat(commit.authorName()).isEqualTo("Carol");
        });
    }

    @Test
    void aBranchThatIsNotAsExpectedStays() throws InterruptedException {
        CommitId first = home();
        Sources sources = forge().sources(HOME);
        CommitId second = sources.write(change(first, Optional.empty(), SourceFile.of("x", "1")));
        assertThatThrownBy(() -> sources.write(change(first, Optional.empty(), SourceFile.of("x", "2"))))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> sources.write(change(first, Optional.of(first), SourceFile.of("x", "2"))))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> sources.deleteBranch(CHANGE, first)).isInstanceOf(ConflictException.class);
        assertThat(sources.branch(CHANGE)).contains(second);
        // Put anew on the parent, as --force does it.
        CommitId third = sources.write(change(first, Optional.of(second), SourceFile.of("x", "3")));
        assertThat(sources.branch(CHANGE)).contains(third);
        assertThat(sources.between("main", CHANGE.text())).hasSize(1);
        sources.deleteBranch(CHANGE, third);
        sources.deleteBranch(CHANGE, third);
        assertThat(sources.branch(CHANGE)).isEmpty();
    }

    @Test
    void aForkKnowsItsParentAndGetsCommitsThatItLacks() throws InterruptedException {
        home();
        Slug fork = scene().fork(HOME, "alice");
        assertThat(forge().sources(fork).facts()).map(RepositoryFacts::parent).contains(Optional.of(HOME));
        CommitId newer = scene().commit(HOME, MAIN, List.of(SourceFile.of("new", "1")), "News");
        NewCommit alone = change(newer, Optional.empty(), SourceFile.of("x", "1"));
        if (forksLag()) {
            assertThatThrownBy(() -> forge().sources(fork).write(alone)).isInstanceOf(ForgeException.class);
        }
        CommitId made = forge().sources(fork)
                .write(new NewCommit(
                        CHANGE,
                        Optional.empty(),
                        Optional.of(HOME),
                        newer,
                        alone.files(),
                        alone.message(),
                        alone.author()));
        assertThat(forge().sources(fork).branch(CHANGE)).contains(made);
        assertThat(forge().sources(fork).file(made, "new")).isPresent();
    }

    @Test
    void aForkWithCommitsOfItsOwnGetsBranchesThatBeginAtTheParent() throws InterruptedException {
        home();
        Slug fork = scene().fork(HOME, "alice");
        scene().commit(fork, MAIN, List.of(SourceFile.of("mine", "1")), "Mine");
        CommitId newer = scene().commit(HOME, MAIN, List.of(SourceFile.of("new", "1")), "News");
        Sources sources = forge().sources(fork);
        CommitId made = sources.write(onto(newer, Optional.empty(), "1"));
        CommitId newest = scene().commit(HOME, MAIN, List.of(SourceFile.of("new", "2")), "More news");
        CommitId other = sources.write(onto(newest, Optional.of(made), "2"));

        assertThat(sources.branch(CHANGE)).contains(other);
        assertThat(sources.file(other, "new")).contains(SourceFile.of("new", "2"));
        assertThat(sources.file(other, "x")).contains(SourceFile.of("x", "2"));
        assertThat(sources.file(other, "mine")).isEmpty();
        assertThat(sources.between(newest.hex(), CHANGE.text()))
                .extracting(SourceCommit::id)
                .containsExactly(other);
        CommitId main = sources.branch(MAIN).orElseThrow();
        assertThat(sources.file(main, "mine")).isPresent();
    }

    private static NewCommit onto(CommitId parent, Optional<CommitId> over, String content) {
        return new NewCommit(
                CHANGE,
                over,
                Optional.of(HOME),
                parent,
                List.of(SourceFile.of("x", content)),
                "A change",
                Optional.of(CAROL));
    }

    @Test
    void aTagIsPutOnceAndLeadsToItsCommit() throws InterruptedException {
        CommitId first = home();
        Sources sources = forge().sources(HOME);
        RefName tag = new RefName("v1.0.0");
        sources.createTag(tag, first, "Release 1", Optional.of(CAROL));
        assertThat(sources.tag(tag)).contains(first);
        assertThat(sources.tags()).containsExactly(tag);
        CommitId second = scene().commit(HOME, MAIN, List.of(SourceFile.of("new", "1")), "News");
        assertThatThrownBy(() -> sources.createTag(tag, second, "again", Optional.empty()))
                .isInstanceOf(ConflictException.class);
        assertThat(sources.between("v1.0.0", "main"))
                .extracting(SourceCommit::id)
                .containsExactly(second);
    }

    @Test
    void tagsAreListedAllOfThem() throws InterruptedException {
        CommitId first = home();
        int many = moreTagsThanAPage();
        for (int i = 0; i < many; i++) {
            forge().sources(HOME).createTag(new RefName("v1.0." + i), first, "Release", Optional.empty());
        }
        assertThat(forge().sources(HOME).tags())
                .doesNotHaveDuplicates()
                .hasSize(many)
                .contains(new RefName("v1.0.0"), new RefName("v1.0." + (many - 1)));
    }

    @Test
    void commitsBetweenAreAllOfThemOldestFirst() throws InterruptedException {
        CommitId first = home();
        int many = moreThanAPage();
        for (int i = 0; i < many; i++) {
            scene().commit(HOME, MAIN, List.of(SourceFile.of("f", "" + i)), "Commit " + i);
        }
        List<SourceCommit> commits = forge().sources(HOME).between(first.hex(), "main");
        assertThat(commits).hasSize(many);
        assertThat(commits.getFirst().title()).isEqualTo("Commit 0");
        assertThat(commits.getLast().title()).isEqualTo("Commit " + (many - 1));
    }

    @Test
    void aPullRequestIsOpenedOnceAndListedWhenMerged() throws InterruptedException {
        CommitId first = home();
        Slug fork = scene().fork(HOME, "alice");
        PullRequests requests = forge().pullRequests(HOME);
        NewPullRequest request = new NewPullRequest(fork, CHANGE, MAIN, "Title", "Body\n\n/hold\n");
        assertThat(requests.of(fork, CHANGE)).isEmpty();
        forge().sources(fork).write(change(first, Optional.empty(), SourceFile.of("x", "1")));
        PullRequest opened = requests.create(request);
        assertThat(opened.state()).isEqualTo(PullRequest.State.OPEN);
        assertThat(opened.headRepository()).isEqualTo(fork);
        assertThat(opened.headBranch()).isEqualTo(CHANGE);
        assertThat(requests.create(request)).isEqualTo(opened);
        assertThat(requests.open(request)).contains(opened);
        assertThat(requests.open(new NewPullRequest(fork, CHANGE, new RefName("release-1"), "Title", "")))
                .isEmpty();
        assertThat(requests.of(fork, CHANGE)).contains(opened);
        PullRequest changed = requests.update(opened.number(), "Other title", "Other body");
        assertThat(changed.title()).isEqualTo("Other title");
        assertThat(requests.get(opened.number())).contains(changed);
        assertThat(requests.get(4711)).isEmpty();

        scene().label(HOME, opened.number(), List.of("kind/bug"));
        CommitId merged = scene().merge(HOME, opened.number());
        assertThat(requests.get(opened.number()).orElseThrow().state()).isEqualTo(PullRequest.State.MERGED);
        assertThat(requests.open(request)).isEmpty();
        assertThat(requests.merged(first.hex(), "main"))
                .containsExactly(new MergedPullRequest(
                        opened.number(),
                        "Other title",
                        "Other body",
                        "alice",
                        List.of("kind/bug"),
                        merged,
                        opened.web()));
        assertThat(requests.merged(merged.hex(), "main")).isEmpty();
    }

    @Test
    void anotherPullRequestMayFollowOneThatWasClosed() throws InterruptedException {
        CommitId first = home();
        forge().sources(HOME).write(change(first, Optional.empty(), SourceFile.of("x", "1")));
        NewPullRequest request = new NewPullRequest(HOME, CHANGE, MAIN, "Title", "Body");
        PullRequest one = forge().pullRequests(HOME).create(request);
        scene().reject(HOME, one.number());
        assertThat(forge().pullRequests(HOME).of(HOME, CHANGE))
                .map(PullRequest::state)
                .contains(PullRequest.State.CLOSED);
        PullRequest other = forge().pullRequests(HOME).create(request);
        assertThat(other.number()).isNotEqualTo(one.number());
        assertThat(forge().pullRequests(HOME).of(HOME, CHANGE)).contains(other);
    }

    @Test
    void anIssueIsOpenedOnceAndChangedByWhoHasReadIt() throws InterruptedException {
        home();
        Issues issues = forge().issues(HOME);
        String title = "Release \"x\" <b>@v1 | $(id) `x`";
        Issue issue = issues.create(new NewIssue(title, "- [ ] One\r\n- [ ] Two", List.of(), List.of()));
        assertThat(issues.create(new NewIssue(title, "again", List.of(), List.of())))
                .isEqualTo(issue);
        assertThat(issues.titled(title)).containsExactly(issue);
        assertThat(issues.titled("Release")).isEmpty();
        Issue changed = issues.update(issue, "- [x] One\r\n- [ ] Two");
        assertThatThrownBy(() -> issues.update(issue, "mine")).isInstanceOf(ConflictException.class);
        assertThat(issues.get(issue.number())).contains(changed);
        assertThat(issues.get(4711)).isEmpty();

        issues.comment(issue.number(), "Hello\n");
        assertThat(issues.comments(issue.number())).singleElement().satisfies(comment -> {
            assertThat(comment.author()).isEqualTo("alice");
            assertThat(comment.body().strip()).isEqualTo("Hello");
        });
        issues.close(issue.number());
        assertThat(issues.get(issue.number()).map(Issue::open)).contains(false);
        assertThat(issues.create(new NewIssue(title, "next", List.of(), List.of()))
                        .number())
                .isNotEqualTo(issue.number());
        assertThat(issues.titled(title)).hasSize(2).extracting(Issue::open).containsExactly(false, true);
    }

    @Test
    void aReleaseIsMadeOnceAndKeepsItsFiles() throws Exception {
        CommitId first = home();
        Releases releases = forge().releases(HOME);
        RefName tag = new RefName("v1.0.0");
        boolean draft = hasDrafts();
        assertThat(releases.of(tag)).isEmpty();
        Release made = releases.create(new NewRelease(tag, first, "One", "Notes", draft, false));
        assertThat(made.draft()).isEqualTo(draft);
        assertThat(releases.create(new NewRelease(tag, first, "Two", "", false, false)))
                .isEqualTo(made);
        Path file = Files.writeString(folder.resolve("file"), "content", StandardCharsets.UTF_8);
        Release.Asset asset = releases.upload(made, "file one.txt", "text/plain", file);
        assertThat(asset.name()).isEqualTo("file one.txt");
        assertThatThrownBy(() -> releases.upload(made, "file one.txt", "text/plain", file))
                .isInstanceOf(ConflictException.class);
        Release published = releases.update(made.id(), new NewRelease(tag, first, "One", "Notes 2", false, false));
        assertThat(published.draft()).isFalse();
        assertThat(published.body()).isEqualTo("Notes 2");
        assertThat(releases.of(tag)).hasValueSatisfying(found -> {
            assertThat(found.assets()).extracting(Release.Asset::name).containsExactly("file one.txt");
            assertThat(found.title()).isEqualTo("One");
        });
        assertThat(forge().sources(HOME).tag(tag)).contains(first);
        Release next = releases.create(new NewRelease(new RefName("v1.1.0"), first, "Next", "", draft, false));
        assertThat(releases.all()).extracting(Release::tag).containsExactlyInAnyOrder(tag, next.tag());
        assertThat(releases.all()).extracting(Release::draft).containsExactlyInAnyOrder(false, draft);
        releases.deleteAsset(published, asset);
        releases.deleteAsset(published, asset);
        assertThat(releases.of(tag).orElseThrow().assets()).isEmpty();
    }

    @Test
    void runsComeNewestFirst() throws InterruptedException {
        CommitId first = home();
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            WorkflowRun.State state = i == 3 ? WorkflowRun.State.RUNNING : WorkflowRun.State.SUCCEEDED;
            Instant when = Instant.parse("2026-11-23T10:00:00Z").plusSeconds(i);
            ids.add(scene().run(
                            HOME,
                            MAIN,
                            new WorkflowRun(
                                    "" + i,
                                    "promote.yml",
                                    first,
                                    state,
                                    when,
                                    URI.create("https://forge.example/runs/" + i))));
        }
        assertThat(forge().workflowRuns(HOME).newest("promote.yml", MAIN, 2))
                .satisfiesExactly(
                        run -> {
                            assertThat(run.id()).isEqualTo(ids.get(2));
                            assertThat(run.state()).isEqualTo(WorkflowRun.State.RUNNING);
                        },
                        run -> {
                            assertThat(run.id()).isEqualTo(ids.get(1));
                            assertThat(run.state()).isEqualTo(WorkflowRun.State.SUCCEEDED);
                            assertThat(run.head()).isEqualTo(first);
                        });
        assertThat(forge().workflowRuns(HOME).newest("promote.yml", CHANGE, 2)).isEmpty();
    }

    @Test
    void aDiscussionIsBegunOnce() throws InterruptedException {
        home();
        Discussions discussions = forge().discussions(HOME);
        if (!hasDiscussions()) {
            assertThatThrownBy(() -> discussions.create("Announcements", "v1", "text"))
                    .isInstanceOf(ForgeException.class);
            return;
        }
        assertThat(discussions.titled("Announcements", "v1")).isEmpty();
        URI begun = discussions.create("Announcements", "v1", "text");
        assertThat(discussions.create("Announcements", "v1", "text")).isEqualTo(begun);
        assertThat(discussions.titled("Announcements", "v1")).contains(begun);
    }
}
