// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.Forge;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.FakeGitHub;
import io.kpromo.forge.fake.ForgeServer.Fault;
import io.kpromo.forge.github.GitHubForge;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole way over HTTP, with a server that refuses what GitHub refuses.
@Timeout(120)
class PromotionOnGitHubTest {
    private static final String COMMAND = "kpromo pr --fork alice --project app --tag v1.1.0";
    private static final int USUAL = 8;
    private static final int LAGGING = 10;
    /// A look at the file on the branch, and one for the pull request.
    private static final int FOUND = 6;

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(1));

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
        transport.close();
    }

    @Test
    void eightRequestsAreEnough() throws Exception {
        try (FakeGitHub gitHub = gitHub(shop.files())) {
            gitHub.world().fork(Workshop.HOME, "alice");
            gitHub.forgetSent();
            assertThat(open(gitHub).title()).isEqualTo("Image promotion for app v1.1.0");
            assertThat(gitHub.sent()).hasSize(USUAL);
        }
    }

    @Test
    void theSizeOfTheRepositoryAndOfItsFilesAddsNone() throws Exception {
        List<SourceFile> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(Workshop.manifest(
                    "p" + i, "registries:\n- name: r.example/p" + i + "\n  src: true\n- name: prod.example/p\n"));
        }
        many.addAll(shop.files());
        StringBuilder images = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            images.append("- name: image").append(i).append("\n  dmap:\n");
            for (int j = 0; j < 1_000; j++) {
                images.append("    \"")
                        .append(Digest.sha256((i + "." + j).getBytes(StandardCharsets.UTF_8)))
                        .append("\": [\"v")
                        .append(j)
                        .append("\"]\n");
            }
        }
        many.removeIf(file -> file.path().equals(Workshop.IMAGES));
        many.add(Workshop.images(images.toString()));
        try (FakeGitHub gitHub = gitHub(many)) {
            gitHub.world().fork(Workshop.HOME, "alice");
            gitHub.forgetSent();
            open(gitHub);
            assertThat(gitHub.sent()).hasSize(USUAL);
        }
    }

    private static void news(FakeGitHub gitHub) {
        gitHub.world()
                .commit(
                        Workshop.HOME,
                        Workshop.MAIN,
                        List.of(SourceFile.of("news.md", "News\n")),
                        "News",
                        Workshop.ALICE);
        gitHub.forgetSent();
    }

    @Test
    void aForkThatLagsTakesNoMoreWhereItSeesWhatIsNew() throws Exception {
        try (FakeGitHub gitHub = gitHub(shop.files())) {
            gitHub.world().fork(Workshop.HOME, "alice");
            news(gitHub);
            open(gitHub);
            assertThat(gitHub.sent()).hasSize(USUAL);
        }
    }

    @Test
    void aForkThatDoesNotSeeItYetIsSyncedWithinTenRequests() throws Exception {
        try (FakeGitHub gitHub = gitHub(shop.files())) {
            gitHub.forksLearnLate();
            gitHub.world().fork(Workshop.HOME, "alice");
            news(gitHub);
            open(gitHub);
            assertThat(gitHub.sent()).hasSize(LAGGING);
        }
    }

    @Test
    void whatIsThereAlreadyIsFoundInFewerAndReplacedInAsMany() throws Exception {
        try (FakeGitHub gitHub = gitHub(shop.files())) {
            gitHub.world().fork(Workshop.HOME, "alice");
            PullRequest opened = open(gitHub);
            gitHub.forgetSent();
            assertThat(open(gitHub)).isEqualTo(opened);
            assertThat(gitHub.sent()).hasSize(FOUND);
            news(gitHub);
            PullRequest replaced = open(gitHub, shop.request("v1.1.0").withAgain(true), COMMAND);
            assertThat(replaced).isEqualTo(opened);
            assertThat(gitHub.sent()).hasSize(USUAL);
            gitHub.forgetSent();
            assertThat(open(gitHub, shop.request("v1.1.0").withAgain(true), COMMAND + " --force")
                            .body())
                    .contains(" --force");
            // One more, for its text.
            assertThat(gitHub.sent()).hasSize(USUAL + 1);
        }
    }

    @Test
    void aBranchIsReplacedWithinTenRequestsWhereTheForkLagsToo() throws Exception {
        try (FakeGitHub gitHub = gitHub(shop.files())) {
            gitHub.world().fork(Workshop.HOME, "alice");
            PullRequest opened = open(gitHub);
            gitHub.forksLearnLate();
            news(gitHub);
            assertThat(open(gitHub, shop.request("v1.1.0").withAgain(true), COMMAND))
                    .isEqualTo(opened);
            assertThat(gitHub.sent()).hasSize(LAGGING);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aConnectionThatBreaksAnywhereLeavesOneBranchAndOnePullRequest(Fault fault) throws Exception {
        int requests;
        Object expected;
        try (FakeGitHub clean = gitHub(shop.files())) {
            clean.world().fork(Workshop.HOME, "alice");
            open(clean);
            requests = clean.sent().size();
            expected = census(clean);
        }
        for (int nth = 1; nth <= requests; nth++) {
            try (FakeGitHub gitHub = gitHub(shop.files())) {
                gitHub.world().fork(Workshop.HOME, "alice");
                gitHub.failAt(nth, fault);
                int tries = 0;
                boolean done = false;
                while (!done && tries < 2) {
                    tries++;
                    done = opens(gitHub);
                }
                assertThat(done).as("request " + nth).isTrue();
                assertThat(census(gitHub)).as("request " + nth + ", " + fault).isEqualTo(expected);
            }
        }
    }

    private boolean opens(FakeGitHub gitHub) throws InterruptedException {
        try {
            open(gitHub);
            return true;
        } catch (OciException broken) {
            return false;
        }
    }

    private Object census(FakeGitHub gitHub) {
        return List.of(
                gitHub.world().repository(Workshop.HOME).census(),
                gitHub.world().repository(shop.fork).census());
    }

    private static FakeGitHub gitHub(List<SourceFile> files) throws IOException {
        FakeGitHub gitHub = new FakeGitHub();
        gitHub.world().create(Workshop.HOME, files);
        return gitHub;
    }

    private PullRequest open(FakeGitHub gitHub) throws InterruptedException {
        return open(gitHub, shop.request("v1.1.0"), COMMAND);
    }

    private PullRequest open(FakeGitHub gitHub, PromotionRequest request, String command) throws InterruptedException {
        try (Forge forge = new GitHubForge(
                transport, gitHub.address(), Optional.of(Secret.of("t")), LimitListener.none(), Time.system())) {
            PromotionOutcome outcome = shop.opening(forge).open(request, command);
            return ((PromotionOutcome.Opened) outcome).request();
        }
    }
}
