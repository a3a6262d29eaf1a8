// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Files and commits on GitHub.
class GitHubCommitsTest extends GitHubScene {
    @Test
    void aPromotionTakesEightRequestsHoweverLargeTheRepository() throws InterruptedException {
        List<SourceFile> many = IntStream.range(0, 300)
                .mapToObj(i -> SourceFile.of("m/p" + i + "/p.yaml", "p" + i))
                .toList();
        gitHub.world().commit(HOME, MAIN, many, "Many", CAROL);
        Slug fork = gitHub.world().fork(HOME, "alice");
        GitHubForge forge = forge("t");
        assertThat(forge.sources(fork).facts(CHANGE).orElseThrow().at()).isEmpty();
        CommitId main = forge.sources(HOME).branch(MAIN).orElseThrow();
        assertThat(forge.sources(HOME).files(main, "m", "p.yaml")).hasSize(302);
        assertThat(forge.sources(HOME).file(main, "i/a/images.yaml")).isPresent();
        forge.sources(fork).write(change(HOME, main));
        forge.pullRequests(HOME).create(new NewPullRequest(fork, CHANGE, MAIN, "Title", "Body"));
        assertThat(asked())
                .containsExactly(
                        "POST /graphql",
                        "GET /repos/kubernetes/k8s.io/git/ref/heads%2Fmain",
                        "POST /graphql",
                        "GET /repos/kubernetes/k8s.io/contents/i%2Fa%2Fimages.yaml",
                        "POST /repos/alice/k8s.io/git/trees",
                        "POST /repos/alice/k8s.io/git/commits",
                        "POST /repos/alice/k8s.io/git/refs",
                        "POST /repos/kubernetes/k8s.io/pulls");
        assertThat(transport.counts().total().requests()).isEqualTo(8);
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
    void aBranchIsSeenTogetherWithItsRepository() throws InterruptedException {
        Slug fork = gitHub.world().fork(HOME, "alice");
        for (String token : List.of("t", "")) {
            assertThat(forge(token).sources(fork).facts(MAIN)).hasValueSatisfying(found -> {
                assertThat(found.at()).contains(first);
                assertThat(found.repository()).isEqualTo(facts(fork));
            });
            assertThat(forge(token).sources(Slug.of("team/none")).facts(MAIN)).isEmpty();
        }
    }

    private RepositoryFacts facts(Slug repository) {
        return new RepositoryFacts(repository, MAIN, Optional.of(HOME), URI.create("https://github.com/" + repository));
    }

    private CommitId newsThatForksLack() {
        return gitHub.world().commit(HOME, MAIN, List.of(SourceFile.of("x", "1")), "News", CAROL);
    }

    @Test
    void aForkThatLagsIsLeftAsItIsWhereItSeesWhatIsNew() throws InterruptedException {
        Slug fork = gitHub.world().fork(HOME, "alice");
        CommitId newer = newsThatForksLack();
        forge("t").sources(fork).write(change(HOME, newer));
        assertThat(asked())
                .containsExactly(
                        "POST /repos/alice/k8s.io/git/trees",
                        "POST /repos/alice/k8s.io/git/commits",
                        "POST /repos/alice/k8s.io/git/refs");
        assertThat(forge("t").sources(fork).branch(MAIN)).contains(first);
    }

    @Test
    void aForkIsBroughtUpToDateOnlyWhereItDoesNotSeeIt() throws InterruptedException {
        gitHub.forksLearnLate();
        Slug fork = gitHub.world().fork(HOME, "alice");
        CommitId newer = newsThatForksLack();
        Sources sources = forge("t").sources(fork);
        sources.facts(CHANGE);
        CommitId made = sources.write(change(HOME, newer));
        assertThat(asked())
                .containsExactly(
                        "POST /graphql",
                        "POST /repos/alice/k8s.io/git/trees",
                        "POST /repos/alice/k8s.io/merge-upstream",
                        "POST /repos/alice/k8s.io/git/trees",
                        "POST /repos/alice/k8s.io/git/commits",
                        "POST /repos/alice/k8s.io/git/refs");
        assertThat(sources.branch(CHANGE)).contains(made);
    }

    @Test
    void aCommitThatTheForkLearnsOfOnlyAfterItsTreeIsSentAgainAlone() throws InterruptedException {
        Slug fork = gitHub.world().fork(HOME, "alice");
        CommitId newer = newsThatForksLack();
        gitHub.refuseOnce("commits", 422, "Parent SHA does not exist or is not a commit object");
        forge("t").sources(fork).write(change(HOME, newer));
        assertThat(asked())
                .containsExactly(
                        "POST /repos/alice/k8s.io/git/trees",
                        "POST /repos/alice/k8s.io/git/commits",
                        "GET /repos/alice/k8s.io",
                        "POST /repos/alice/k8s.io/merge-upstream",
                        "POST /repos/alice/k8s.io/git/commits",
                        "POST /repos/alice/k8s.io/git/refs");
    }

    @Test
    void aForkThatWentItsOwnWayIsNotTouched() {
        gitHub.forksLearnLate();
        Slug fork = gitHub.world().fork(HOME, "alice");
        CommitId own = gitHub.world().commit(fork, MAIN, List.of(SourceFile.of("x", "own")), "Own", CAROL);
        CommitId newer = newsThatForksLack();
        Sources sources = forge("t").sources(fork);
        assertThatThrownBy(() -> sources.write(change(HOME, newer)))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("merge conflicts")
                .hasMessageEndingWith("bring the fork up to date by hand, then try again");
        assertThat(gitHub.world().repository(fork).census().get("refs")).isEqualTo(List.of("refs/heads/main"));
        assertThat(own).isNotEqualTo(newer);
    }

    @Test
    void whatIsRefusedForOtherReasonsBringsNothingUpToDate() {
        Slug fork = gitHub.world().fork(HOME, "alice");
        NewCommit outside = new NewCommit(
                CHANGE,
                Optional.empty(),
                Optional.of(HOME),
                first,
                List.of(SourceFile.of("../x.yaml", "1")),
                "Out",
                Optional.of(CAROL));
        assertThatThrownBy(() -> forge("t").sources(fork).write(outside))
                .hasMessageContaining("malformed path component");
        assertThat(asked()).containsExactly("POST /repos/alice/k8s.io/git/trees");
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
}
