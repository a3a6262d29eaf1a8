// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.fake.ForgeServer.Fault;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `kpromo pr` and a Gitea as others wrote it, where the fork lags behind.
class GiteaPromotionTest extends GiteaBehindProxy {
    private static final Slug HOME = Slug.of("team/manifests");
    private static final Slug FORK = Slug.of("alice/manifests");
    private static final String BRANCH = "heads/app-v1.1.0-image-promotion";

    @TempDir
    private Path folder;

    private Registry staging;

    @BeforeEach
    void begin() throws Exception {
        staging = Registry.open(RegistryOptions.in(folder.resolve("staging")));
        SampleImage.image().build().pushTo(staging, "stage/app", "v1.1.0");
        repositories();
    }

    private void repositories() throws InterruptedException {
        gitea.clear();
        String manifest = "registries:\n- name: " + staging.host() + "/stage\n  src: true\n- name: prod.example/app\n";
        gitea.create(HOME, List.of(SourceFile.of("manifests/app/promoter-manifest.yaml", manifest)));
        gitea.fork(HOME);
        gitea.commit(HOME, new RefName("main"), List.of(SourceFile.of("news", "1")), "News");
        proxy.failAt(0, Fault.BEFORE);
    }

    @AfterEach
    void end() throws InterruptedException {
        staging.close();
        gitea.clear();
    }

    private Kpromo.Ended pr(String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("pr", "--manifest-dir=.", "--project=app", "--tag=v1.1.0"));
        words.addAll(List.of("--fork=alice", "--repo=" + HOME, "--forge=gitea=" + proxy.address()));
        words.add("--staging-repo=" + staging.host() + "/stage");
        words.addAll(List.of(more));
        return Kpromo.at(folder)
                .with("GITEA_TOKEN", gitea.token())
                .with("GIT_COMMITTER_NAME", "Alice")
                .with("GIT_COMMITTER_EMAIL", "alice@example.com")
                .run(words.toArray(String[]::new));
    }

    private void assertOnce() throws InterruptedException {
        assertThat(gitea.census(HOME)).containsEntry("pulls", 1).containsEntry("refs", List.of("heads/main"));
        assertThat(gitea.refs(FORK)).containsExactlyInAnyOrder(BRANCH, "heads/main");
    }

    @Test
    void thereIsOnePullRequestHoweverOftenItIsAskedFor() throws Exception {
        Kpromo.Ended opened = pr();

        assertThat(opened.exit()).as(opened.story()).isZero();
        assertThat(opened.out()).isEqualTo(gitea.web() + "/team/manifests/pulls/1\n");
        assertOnce();
        assertThat(pr().out()).isEqualTo(opened.out());
        assertThat(pr("--clone", "--use-ssh=false").out()).isEqualTo(opened.out());
        assertOnce();
        gitea.merge(HOME, 1);
        Kpromo.Ended later = pr();
        assertThat(later.out()).isEmpty();
        assertThat(later.err()).contains("nothing to do");
    }

    @Test
    void aBranchThatHoldsSomethingElseIsReplacedOnlyByForce() throws Exception {
        pr();
        SampleImage.image().seed(7).build().pushTo(staging, "stage/other", "v1.1.0");
        Kpromo.Ended refused = pr();
        assertThat(refused.exit()).as(refused.story()).isEqualTo(1);

        gitea.commit(HOME, new RefName("main"), List.of(SourceFile.of("news", "2")), "More news");
        Kpromo.Ended forced = pr("--force");

        assertThat(forced.exit()).as(forced.story()).isZero();
        assertThat(forced.out()).isEqualTo(gitea.web() + "/team/manifests/pulls/1\n");
        assertOnce();
        assertThat(gitea.get("/repos/" + HOME + "/pulls/1/files")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatBreaksAtAnyWriteIsFinishedByARepeat(Fault fault) throws Exception {
        int nth = 0;
        boolean failed;
        do {
            repositories();
            proxy.failAt(++nth, fault);
            pr();
            failed = proxy.hasFailed();
            proxy.failAt(0, fault);
            Kpromo.Ended ended = pr();
            assertThat(ended.exit()).as(ended.story()).isZero();
            assertThat(ended.out()).isEqualTo(gitea.web() + "/team/manifests/pulls/1\n");
            assertOnce();
        } while (failed);
        // The fork, the commit, the pull request.
        assertThat(nth).isGreaterThan(3);
    }

    @Test
    void aClonePushesWithTheToken() throws Exception {
        Kpromo.Ended opened = pr("--clone", "--use-ssh=false");

        assertThat(opened.exit()).as(opened.story()).isZero();
        assertThat(opened.out()).isEqualTo(gitea.web() + "/team/manifests/pulls/1\n");
        assertOnce();
    }
}
