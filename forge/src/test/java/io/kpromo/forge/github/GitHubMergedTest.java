// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Pull requests that were merged, many at once.
class GitHubMergedTest extends GitHubScene {
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
}
