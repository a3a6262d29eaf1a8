// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.fault.FailingForge;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Counts;
import io.kpromo.registry.Feature;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PromotionPullRequestTest {
    private static final String COMMAND = "kpromo pr --fork alice --project app --tag v1.1.0";

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void start() throws Exception {
        shop = new Workshop(folder);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void whatStagingHoldsUnderTheTagBecomesAPullRequest() throws Exception {
        PromotionRequest request = shop.request("v1.1.0");
        PullRequest opened = opened(shop.opening().open(request, COMMAND));
        assertThat(shop.proposed(request)).isEqualTo("""
            # Ask the team
            - name: app
              dmap:
                "%1$s": ["v1.0.0"]
                "%2$s": ["v1.1.0"]
            - name: tools/cli
              dmap:
                "%2$s": ["v1.1.0"]
            """.formatted(Workshop.ONE.digest(), Workshop.TWO.digest()));
        assertThat(opened.title()).isEqualTo("Image promotion for app v1.1.0");
        assertThat(opened.body()).isEqualTo("""
            Image promotion for app v1.1.0
            This is an automated PR generated from `kpromo`
            ```
            kpromo pr --fork alice --project app --tag v1.1.0
            ```

            /hold
            cc: @team
            """);
        assertThat(opened.headBranch().text()).isEqualTo("app-v1.1.0-image-promotion");
        assertThat(shop.forge.sources(shop.fork).between(shop.begin.hex(), "app-v1.1.0-image-promotion"))
                .extracting(SourceCommit::message)
                .containsExactly("Image promotion for app v1.1.0\n\nSigned-off-by: Alice <alice@example.com>\n");
    }

    @Test
    void whereNobodyIsToReviewNobodyIsNamed() throws Exception {
        PullRequest opened = opened(shop.opening().open(shop.request("v1.1.0").withReviewers(""), COMMAND));
        assertThat(opened.body()).endsWith("```\n\n/hold\n");
    }

    @Test
    void itTakesFewRequestsOfTheForgeAndNoMoreOfStagingThanTheTagsNeed() throws Exception {
        FailingForge counted = FailingForge.never();
        shop.opening(counted.before(shop.forge)).open(shop.request("v1.1.0"), COMMAND);
        assertThat(counted.asked())
                .containsExactly(
                        "sources.facts",
                        "sources.branch",
                        "sources.files",
                        "sources.file",
                        "sources.write",
                        "pullRequests.create");
        assertThat(shop.staging.counts())
                .isEqualTo(Counts.none().and(Kind.CATALOGUE, 1).and(Kind.HEAD_MANIFEST, 3));
    }

    @Test
    void namedImagesAreAskedForAloneAndByTheirExactName() throws Exception {
        PromotionRequest request = shop.request("v1.1.0").withImages(Set.of("tools/cli"));
        opened(shop.opening().open(request, COMMAND));
        assertThat(shop.staging.counts()).isEqualTo(Counts.none().and(Kind.HEAD_MANIFEST, 1));
        assertThat(shop.proposed(request)).doesNotContain("\"v1.1.0\"]\n- name").contains("- name: tools/cli");
        assertThatThrownBy(() -> shop.opening().open(shop.request("v1.1.0").withImages(Set.of("tools")), COMMAND))
                .hasMessageContaining("no image in")
                .hasMessageContaining("of the images named");
    }

    @Test
    void googlesListingsTellAllAtOnce() throws Exception {
        try (Workshop google =
                new Workshop(folder.resolve("google"), options -> options.with(Feature.GOOGLE_LISTING))) {
            PromotionRequest request = google.request("v1.1.0");
            opened(google.opening().open(request, COMMAND));
            assertThat(google.staging.counts().of(Kind.HEAD_MANIFEST)).isZero();
            assertThat(google.proposed(request)).contains("- name: tools/cli").doesNotContain("mock");
        }
    }

    @Test
    void aDigestThatIsNotMeantStaysOut() throws Exception {
        PromotionRequest request = shop.request("v1.1.0", "v0.9.0").withDigests(Set.of(Workshop.ONE.digest()));
        opened(shop.opening().open(request, COMMAND));
        assertThat(shop.proposed(request)).contains("- name: other").doesNotContain("v1.1.0");
        assertThat(shop.said).anyMatch(line -> line.startsWith("warning: no image in") && line.endsWith("v1.1.0"));
    }

    @Test
    void whereNothingCarriesTheTagTheNearestAreNamed() {
        assertThatThrownBy(() -> shop.opening().open(shop.request("v1.1.1"), COMMAND))
                .isInstanceOf(PromotionException.class)
                .hasMessageEndingWith(
                        "/stage-app carries v1.1.1; the nearest there: app:v1.1.0, tools/cli:v1.1.0, app:v1.0.0,"
                                + " other:v0.9.0");
    }

    @Test
    void aTagThatStandsOnAnotherDigestIsRefused() throws Exception {
        Workshop.TWO.pushTo(shop.staging, "stage-app/app", "v1.0.0");
        assertThatThrownBy(() -> shop.opening().open(shop.request("v1.0.0"), COMMAND))
                .isInstanceOf(RefusedPromotionException.class)
                .hasMessageContaining("app:v1.0.0 is promoted from " + Workshop.ONE.digest());
        assertThat(shop.branches()).isEmpty();
    }

    @Test
    void latestIsNeverPromoted() {
        assertThatThrownBy(() -> shop.request("v1.1.0", "latest"))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageContaining("latest");
    }

    @Test
    void whatIsThereAlreadyOpensNothingThoughItIsWrittenOtherwise() throws Exception {
        assertThat(shop.opening().open(shop.request("v1.0.0"), COMMAND))
                .isEqualTo(new PromotionOutcome.UpToDate(Workshop.IMAGES));
        assertThat(shop.branches()).isEmpty();
    }

    @Test
    void aBranchThatHoldsSomethingElseStaysUnlessItIsReplaced() throws Exception {
        PromotionRequest request = shop.request("v1.1.0");
        shop.forge.commit(shop.fork, request.branch(), List.of(Workshop.images("")), "Something else", Workshop.ALICE);
        assertThatThrownBy(() -> shop.opening().open(request, COMMAND))
                .hasMessageContaining("exists and holds something else")
                .hasMessageContaining("--force");
        PullRequest opened = opened(shop.opening().open(request.withAgain(true), COMMAND));
        PullRequest updated =
                opened(shop.opening().open(request.withAgain(true).withNote("See https://ci.example/1"), COMMAND));
        assertThat(updated.number()).isEqualTo(opened.number());
        assertThat(updated.body()).contains("```\n\nSee https://ci.example/1\n\n/hold");
        assertThat(shop.forge
                        .sources(shop.fork)
                        .between(shop.begin.hex(), request.branch().text()))
                .hasSize(1);
    }

    @Test
    void onlyAForkOfTheRightRepositoryGetsABranch() throws Exception {
        Slug stranger = Slug.of("bob/k8s.io");
        shop.forge.create(stranger, List.of(SourceFile.of("README.md", "Mine")));
        PromotionRequest request = shop.request("v1.1.0");
        PromotionRequest strange = PromotionRequest.of(stranger, "app", request.staging(), request.tags());
        assertThatThrownBy(() -> shop.opening().open(strange, COMMAND))
                .hasMessageStartingWith("bob/k8s.io is not a fork, not one of kubernetes/k8s.io");
        PromotionRequest nowhere = PromotionRequest.of(Slug.of("bob/none"), "app", request.staging(), request.tags());
        assertThatThrownBy(() -> shop.opening().open(nowhere, COMMAND))
                .hasMessageStartingWith("there is no repository bob/none");
        assertThat(shop.staging.counts()).isEqualTo(Counts.none());
    }

    @Test
    void aForkThatLagsBehindGetsTheNewestManifests() throws Exception {
        shop.forge.commit(
                Workshop.HOME,
                Workshop.MAIN,
                List.of(Workshop.images("- name: fresh\n  dmap:\n    %s: [\"v1\"]\n".formatted(Workshop.ONE.digest()))),
                "News",
                Workshop.ALICE);
        PromotionRequest request = shop.request("v1.1.0");
        opened(shop.opening().open(request, COMMAND));
        assertThat(shop.proposed(request)).contains("- name: fresh");
    }

    @Test
    void withoutUpdatingTheForkIsTakenAsItIs() throws Exception {
        shop.forge.commit(Workshop.HOME, Workshop.MAIN, List.of(Workshop.images("")), "News", Workshop.ALICE);
        PromotionRequest request = shop.request("v1.1.0").withFromFork(true);
        opened(shop.opening().open(request, COMMAND));
        assertThat(shop.proposed(request)).contains("v1.0.0");
    }

    @Test
    void aPreviewChangesNothing() throws Exception {
        PromotionOutcome outcome = shop.opening().preview(shop.request("v1.1.0"), COMMAND);
        assertThat(outcome).isInstanceOfSatisfying(PromotionOutcome.Preview.class, preview -> {
            assertThat(preview.diff())
                    .startsWith("--- a/" + Workshop.IMAGES + "\n+++ b/" + Workshop.IMAGES + "\n@@ ")
                    .contains("+- name: tools/cli\n");
            assertThat(preview.text().title()).isEqualTo("Image promotion for app v1.1.0");
        });
        assertThat(shop.branches()).isEmpty();
    }

    @Test
    void whoSaysNoLeavesNothingBehind() throws Exception {
        for (String word : List.of("Grow", "Push", "Create")) {
            Consent no = question -> !question.startsWith(word);
            assertThat(shop.opening().asking(no).open(shop.request("v1.1.0"), COMMAND))
                    .isInstanceOf(PromotionOutcome.Declined.class);
            assertThat(shop.branches()).isEmpty();
        }
    }

    @Test
    void aRunThatFailsAtAnyRequestIsFinishedByTheNext() throws Exception {
        PromotionRequest request = shop.request("v1.1.0");
        int requests = 6;
        for (FailingForge.When when : FailingForge.When.values()) {
            for (int i = 1; i <= requests; i++) {
                try (Workshop fresh = new Workshop(folder.resolve(when + "-" + i))) {
                    PromotionRequest wanted = fresh.request("v1.1.0");
                    FailingForge failing = FailingForge.at(i, when);
                    assertThatThrownBy(() ->
                                    fresh.opening(failing.before(fresh.forge)).open(wanted, COMMAND))
                            .hasMessageContaining("request " + i);
                    PullRequest opened = opened(fresh.opening().open(wanted, COMMAND));
                    assertThat(fresh.branches())
                            .containsExactly(request.branch().text());
                    assertThat(opened.number()).isEqualTo(1);
                    assertThat(fresh.forge.pullRequests(Workshop.HOME).get(2)).isEmpty();
                    assertThat(fresh.forge
                                    .sources(fresh.fork)
                                    .between(fresh.begin.hex(), request.branch().text()))
                            .hasSize(1);
                    CommitId main = fresh.forge
                            .sources(Workshop.HOME)
                            .branch(Workshop.MAIN)
                            .orElseThrow();
                    assertThat(main).isEqualTo(fresh.begin);
                }
            }
        }
    }

    @Test
    void aRegistryWithoutCatalogueIsAskedForTheImagesThatAreKnown() throws Exception {
        try (Workshop silent = new Workshop(folder.resolve("silent"), options -> options.without(Feature.CATALOGUE))) {
            PromotionRequest request = silent.request("v1.1.0");
            opened(silent.opening().open(request, COMMAND));
            assertThat(silent.proposed(request)).contains("v1.1.0").doesNotContain("tools/cli");
        }
    }

    private static PullRequest opened(PromotionOutcome outcome) {
        assertThat(outcome).isInstanceOf(PromotionOutcome.Opened.class);
        return ((PromotionOutcome.Opened) outcome).request();
    }
}
