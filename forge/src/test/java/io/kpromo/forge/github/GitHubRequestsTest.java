// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.Asked;
import io.kpromo.oci.auth.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How GitHub is asked: limits, tokens, versions, addresses.
class GitHubRequestsTest extends GitHubScene {
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
