// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.Asked;
import io.kpromo.forge.fake.FakeGitHub;
import io.kpromo.forge.fake.World;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GitHubForgeTest {
    private static final Slug HOME = Slug.of("kubernetes/k8s.io");
    private static final RefName MAIN = new RefName("main");
    private static final RefName CHANGE = new RefName("change");
    private static final Author CAROL = new Author("Carol", "c@example.com");

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(2));
    private final SetTime time = new SetTime();
    private final List<String> told = new ArrayList<>();
    private FakeGitHub gitHub;
    private CommitId first;

    /// Waits are over at once, and remembered.
    private static final class SetTime implements Time {
        private Instant now = Instant.parse("2026-11-23T10:00:00Z");
        private final List<Duration> slept = new ArrayList<>();

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            slept.add(duration);
            now = now.plus(duration);
        }
    }

    @BeforeEach
    void start() throws IOException {
        gitHub = new FakeGitHub(new World(), time::now);
        first = gitHub.world()
                .create(
                        HOME,
                        List.of(
                                SourceFile.of("m/a/p.yaml", "a"),
                                SourceFile.of("m/b/p.yaml", "b"),
                                SourceFile.of("i/a/images.yaml", "[]")));
    }

    @AfterEach
    void stop() {
        transport.close();
        gitHub.close();
    }

    private GitHubForge forge(String token) {
        return new GitHubForge(
                transport,
                gitHub.address(),
                Optional.of(token).filter(text -> !text.isEmpty()).map(Secret::of),
                (why, until) -> told.add(why),
                time);
    }

    private List<String> asked() {
        return gitHub.sent().stream()
                .map(asked -> asked.method() + " "
                        + asked.target().replaceFirst("\\?.*", "").replaceAll("[0-9a-f]{40}", "SHA"))
                .toList();
    }

    private static NewCommit change(Slug upstream, CommitId parent) {
        return new NewCommit(
                CHANGE,
                Optional.empty(),
                Optional.of(upstream),
                parent,
                List.of(SourceFile.of("i/a/images.yaml", "[1]")),
                "One more",
                Optional.of(CAROL));
    }

    @Test
    void aPromotionTakesNineRequestsHoweverLargeTheRepository() throws InterruptedException {
        List<SourceFile> many = IntStream.range(0, 300)
                .mapToObj(i -> SourceFile.of("m/p" + i + "/p.yaml", "p" + i))
                .toList();
        gitHub.world().commit(HOME, MAIN, many, "Many", CAROL);
        Slug fork = gitHub.world().fork(HOME, "alice");
        GitHubForge forge = forge("t");
        assertThat(forge.sources(fork).facts().orElseThrow().parent()).contains(HOME);
        assertThat(forge.sources(fork).branch(CHANGE)).isEmpty();
        CommitId main = forge.sources(HOME).branch(MAIN).orElseThrow();
        assertThat(forge.sources(HOME).files(main, "m", "p.yaml")).hasSize(302);
        assertThat(forge.sources(HOME).file(main, "i/a/images.yaml")).isPresent();
        forge.sources(fork).write(change(HOME, main));
        forge.pullRequests(HOME).create(new NewPullRequest(fork, CHANGE, MAIN, "Title", "Body"));
        assertThat(asked())
                .containsExactly(
                        "GET /repos/alice/k8s.io",
                        "GET /repos/alice/k8s.io/git/ref/heads%2Fchange",
                        "GET /repos/kubernetes/k8s.io/git/ref/heads%2Fmain",
                        "POST /graphql",
                        "GET /repos/kubernetes/k8s.io/contents/i%2Fa%2Fimages.yaml",
                        "POST /repos/alice/k8s.io/git/trees",
                        "POST /repos/alice/k8s.io/git/commits",
                        "POST /repos/alice/k8s.io/git/refs",
                        "POST /repos/kubernetes/k8s.io/pulls");
        assertThat(transport.counts().total().requests()).isEqualTo(9);
    }

    @Test
    void scriptsStayExecutable() throws InterruptedException {
        CommitId second = gitHub.world()
                .commit(
                        HOME,
                        MAIN,
                        List.of(SourceFile.of("hack/run.sh", "v1"), SourceFile.of("run.sh", "v1")),
                        "S",
                        CAROL);
        forge("t")
                .sources(HOME)
                .write(new NewCommit(
                        CHANGE,
                        Optional.empty(),
                        Optional.empty(),
                        second,
                        List.of(
                                SourceFile.of("hack/run.sh", "v2"),
                                SourceFile.of("hack/new.sh", "v2"),
                                SourceFile.of("run.sh", "v2"),
                                SourceFile.of("a.yaml", "v2")),
                        "Two",
                        Optional.empty()));
        assertThat(asked())
                .startsWith(
                        "GET /repos/kubernetes/k8s.io/git/trees/SHA%3Ahack",
                        "GET /repos/kubernetes/k8s.io/git/trees/SHA", "POST /repos/kubernetes/k8s.io/git/trees");
        assertThat(gitHub.sent()
                        .get(2)
                        .body()
                        .path("tree")
                        .valueStream()
                        .map(entry -> entry.path("mode").asString()))
                .containsExactly("100755", "100644", "100755", "100644");
    }

    @Test
    void aForkIsBroughtUpToDateOnlyWhereItLags() throws InterruptedException {
        Slug fork = gitHub.world().fork(HOME, "alice");
        CommitId newer = gitHub.world().commit(HOME, MAIN, List.of(SourceFile.of("x", "1")), "News", CAROL);
        forge("t").sources(fork).write(change(HOME, newer));
        assertThat(asked())
                .containsExactly(
                        "POST /repos/alice/k8s.io/git/trees",
                        "GET /repos/alice/k8s.io/git/commits/SHA",
                        "GET /repos/alice/k8s.io",
                        "POST /repos/alice/k8s.io/merge-upstream",
                        "POST /repos/alice/k8s.io/git/trees",
                        "POST /repos/alice/k8s.io/git/commits",
                        "POST /repos/alice/k8s.io/git/refs");
    }

    @Test
    void aForkThatWentItsOwnWayIsNotTouched() {
        Slug fork = gitHub.world().fork(HOME, "alice");
        gitHub.world().commit(fork, MAIN, List.of(SourceFile.of("y", "1")), "Own", CAROL);
        CommitId newer = gitHub.world().commit(HOME, MAIN, List.of(SourceFile.of("x", "1")), "News", CAROL);
        assertThatThrownBy(() -> forge("t").sources(fork).write(change(HOME, newer)))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("merge conflicts")
                .hasMessageEndingWith("bring the fork up to date by hand, then try again");
    }

    @Test
    void manifestsThatAQueryCutsAreReadRaw() throws InterruptedException {
        CommitId second = gitHub.world()
                .commit(
                        HOME,
                        MAIN,
                        List.of(
                                SourceFile.of("m/large/p.yaml", "x".repeat(600_000)),
                                SourceFile.of("m/odd/p.yaml", new byte[] {(byte) 0xff, 'x'})),
                        "Large",
                        CAROL);
        assertThat(forge("t").sources(HOME).files(second, "m", "p.yaml"))
                .extracting(SourceFile::size)
                .containsExactly(1, 1, 600_000, 2);
        assertThat(gitHub.sent()).hasSize(3);
    }

    @Test
    void whoIsNotSignedInReadsFileByFile() throws InterruptedException {
        assertThat(forge("").sources(HOME).files(first, "m", "p.yaml"))
                .extracting(SourceFile::path)
                .containsExactly("m/a/p.yaml", "m/b/p.yaml");
        assertThat(asked())
                .containsExactly(
                        "GET /repos/kubernetes/k8s.io/git/trees/SHA%3Am",
                        "GET /repos/kubernetes/k8s.io/contents/m%2Fa%2Fp.yaml",
                        "GET /repos/kubernetes/k8s.io/contents/m%2Fb%2Fp.yaml");
    }

    private void mergeMany(int squashed) {
        for (int i = 0; i < squashed; i++) {
            gitHub.world()
                    .squashed(
                            HOME,
                            "Change " + i,
                            "```release-note\r\nNote " + i + "\r\n```",
                            i % 10 == 0 ? "dependabot[bot]" : "carol",
                            List.of("kind/bug"));
        }
    }

    @Test
    void fiveHundredPullRequestsAreFiveRequests() throws InterruptedException {
        forge("t").sources(HOME).createTag(new RefName("v1.0.0"), first, "v1", Optional.empty());
        mergeMany(500);
        gitHub.forgetSent();
        List<MergedPullRequest> merged = forge("t").pullRequests(HOME).merged("v1.0.0", "main");
        assertThat(merged).hasSize(500);
        assertThat(merged).extracting(MergedPullRequest::title).startsWith("Change 0", "Change 1");
        assertThat(merged.getFirst().author()).isEqualTo("dependabot[bot]");
        assertThat(merged.get(1).labels()).containsExactly("kind/bug");
        assertThat(gitHub.sent()).hasSize(5);
    }

    @Test
    void aLongRangeIsReadFromBothEnds() throws InterruptedException {
        forge("t").sources(HOME).createTag(new RefName("v1.0.0"), first, "v1", Optional.empty());
        for (int i = 0; i < 1000; i++) {
            gitHub.world().commit(HOME, MAIN, List.of(SourceFile.of("f", "" + i)), "Commit", CAROL);
        }
        mergeMany(500);
        gitHub.forgetSent();
        assertThat(forge("t").pullRequests(HOME).merged("v1.0.0", "main")).hasSize(500);
        assertThat(gitHub.sent()).hasSize(8);
    }

    @Test
    void fewerAreAskedForWhereGitHubGivesUp() throws InterruptedException {
        forge("t").sources(HOME).createTag(new RefName("v1.0.0"), first, "v1", Optional.empty());
        mergeMany(60);
        gitHub.forgetSent();
        gitHub.graphWorksFor(50);
        assertThat(forge("t").pullRequests(HOME).merged("v1.0.0", "main")).hasSize(60);
        assertThat(gitHub.sent()).hasSize(3);
    }

    @Test
    void restFindsTheSameWhereGraphQlCannot() throws InterruptedException {
        mergeMany(150);
        List<MergedPullRequest> bySignedIn = forge("t").pullRequests(HOME).merged(first.hex(), "HEAD");
        gitHub.forgetSent();
        assertThat(forge("").pullRequests(HOME).merged(first.hex(), "HEAD")).isEqualTo(bySignedIn);
        assertThat(bySignedIn).hasSize(150);
        // Two pages of commits, two of pull requests.
        assertThat(gitHub.sent()).hasSize(4);
    }

    @Test
    void pullRequestsThatWereMergedElsewhereAreLeftOut() throws InterruptedException {
        gitHub.world().create(Slug.of("other/repo"), List.of(SourceFile.of("a", "1")));
        CommitId head = forge("t").sources(HOME).write(change(HOME, first));
        long open = forge("t")
                .pullRequests(HOME)
                .create(new NewPullRequest(HOME, CHANGE, MAIN, "Open", ""))
                .number();
        mergeMany(1);
        forge("t").sources(HOME).createTag(new RefName("v1"), first, "v1", Optional.empty());
        assertThat(forge("t").pullRequests(HOME).merged("v1", "main"))
                .extracting(MergedPullRequest::number)
                .doesNotContain(open)
                .hasSize(1);
        assertThat(forge("t").pullRequests(HOME).merged("v1", head.hex())).isEmpty();
    }

    @Test
    void forksOfOrganisationsOpenPullRequestsToo() throws InterruptedException {
        Slug fork = gitHub.world().fork(HOME, "org-x");
        forge("t").sources(fork).write(change(HOME, first));
        assertThat(forge("t").pullRequests(HOME).create(new NewPullRequest(fork, CHANGE, MAIN, "T", "B")))
                .satisfies(made -> assertThat(made.headRepository()).isEqualTo(fork));
        assertThat(asked().stream().filter(what -> what.endsWith("/pulls"))).hasSize(2);
    }

    @Test
    void forksOfOneOwnerAreToldApart() throws InterruptedException {
        Slug one = gitHub.world().fork(HOME, Slug.of("alice/k8s.io"));
        Slug other = gitHub.world().fork(HOME, Slug.of("alice/k8s.io-1"));
        forge("t").sources(other).write(change(HOME, first));
        forge("t").pullRequests(HOME).create(new NewPullRequest(other, CHANGE, MAIN, "T", "B"));
        assertThat(forge("t").pullRequests(HOME).of(one, CHANGE)).isEmpty();
        assertThat(forge("t").pullRequests(HOME).of(other, CHANGE)).isPresent();
    }

    @Test
    void aBranchWithNothingNewIsRefusedInGitHubsWords() throws InterruptedException {
        gitHub.world().repository(HOME);
        Slug fork = gitHub.world().fork(HOME, "alice");
        assertThatThrownBy(() -> forge("t").pullRequests(HOME).create(new NewPullRequest(fork, MAIN, MAIN, "T", "B")))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("open a pull request from alice/k8s.io:main to main")
                .hasMessageContaining("422 Validation Failed")
                .hasMessageContaining("No commits between main and main");
    }

    @Test
    void textsThatGitHubWouldNotKeepAreRefusedBeforehand() {
        String long1 = "x".repeat(65_537);
        GitHubForge forge = forge("t");
        assertThatThrownBy(() -> forge.issues(HOME).create(new NewIssue("T", long1, List.of(), List.of())))
                .hasMessageContaining("65537 characters")
                .hasMessageContaining("GitHub keeps 65536");
        assertThatThrownBy(() -> forge.releases(HOME)
                        .create(new NewRelease(new RefName("v1"), first, "T", "x".repeat(125_001), true, false)))
                .hasMessageContaining("GitHub keeps 125000");
        assertThat(gitHub.sent()).isEmpty();
    }

    @Test
    void draftsOfAPageFurtherOnAreFound() throws InterruptedException {
        GitHubForge forge = forge("t");
        RefName tag = new RefName("v0");
        Release draft = forge.releases(HOME).create(new NewRelease(tag, first, "T", "", true, false));
        for (int i = 1; i <= 100; i++) {
            forge.releases(HOME).create(new NewRelease(new RefName("v" + i), first, "T", "", false, false));
        }
        assertThat(forge.releases(HOME).of(tag)).contains(draft);
    }

    @Test
    void filesGoNowhereButToGitHub(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "content");
        GitHubForge forge = forge("t");
        Release release = forge.releases(HOME).create(new NewRelease(new RefName("v1"), first, "T", "", true, false));
        try (FakeGitHub stranger = new FakeGitHub()) {
            gitHub.uploadTo(stranger.address().toString());
            assertThatThrownBy(() -> forge.releases(HOME).upload(release, "f", "text/plain", file))
                    .isInstanceOf(ForgeException.class)
                    .hasMessageContaining("nothing is sent there");
            assertThat(stranger.sent()).isEmpty();
        }
    }

    @Test
    void aSecondaryLimitIsWaitedForAndAWriteSentAgain() throws InterruptedException {
        gitHub.refuseOnce(30);
        CommitId made = forge("t").sources(HOME).write(change(HOME, first));
        assertThat(forge("t").sources(HOME).branch(CHANGE)).contains(made);
        assertThat(time.slept).containsExactly(Duration.ofSeconds(30));
        assertThat(told).containsExactly("GitHub asks for fewer requests");
    }

    @Test
    void theHoursLimitIsWaitedForAndToldOnce() throws InterruptedException {
        gitHub.limit(2, time.now().plusSeconds(600));
        GitHubForge forge = forge("t");
        for (int i = 0; i < 3; i++) {
            assertThat(forge.sources(HOME).branch(MAIN)).contains(first);
        }
        assertThat(time.slept).containsExactly(Duration.ofSeconds(601));
        assertThat(told).containsExactly("GitHub's 2 requests an hour are used up");
    }

    @Test
    void aWrongTokenIsToldWithoutBeingShown() {
        gitHub.requireToken("right");
        assertThatThrownBy(() -> forge("hunter2").sources(HOME).branch(MAIN))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("401 Bad credentials; the token in GITHUB_TOKEN is wrong or has expired")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void everyRequestSaysWhichVersionOfTheApiItSpeaks() throws InterruptedException {
        forge("t").user();
        assertThat(gitHub.sent())
                .extracting(Asked::headers)
                .allSatisfy(headers -> assertThat(headers)
                        .containsEntry("X-github-api-version", "2022-11-28")
                        .containsEntry("Authorization", "Bearer t"));
    }

    @Test
    void enterpriseHasItsGraphQlBesideItsRest() throws InterruptedException {
        GitHubForge enterprise = new GitHubForge(
                transport,
                URI.create(gitHub.address() + "/api/v3"),
                Optional.of(Secret.of("t")),
                LimitListener.none(),
                time);
        assertThat(enterprise.sources(HOME).files(first, "m", "p.yaml")).hasSize(2);
        assertThat(enterprise.sources(HOME).branch(MAIN)).contains(first);
        assertThat(asked())
                .containsExactly("POST /api/graphql", "GET /api/v3/repos/kubernetes/k8s.io/git/ref/heads%2Fmain");
        assertThat(enterprise.name()).startsWith("127.0.0.1:");
    }
}
