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

/// What every forge does, whatever it is.
public abstract class ForgeContract extends SourcesContract {
    @Test
    void itKnowsWhoIsSignedIn() throws InterruptedException {
        assertThat(forge().user()).isEqualTo("alice");
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
