// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.Slug;
import org.junit.jupiter.api.Test;

/// Pull requests from forks.
class GitHubPullRequestsTest extends GitHubScene {
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
}
