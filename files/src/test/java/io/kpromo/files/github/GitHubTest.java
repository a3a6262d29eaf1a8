// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Slug;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GitHubTest {
    private static final Slug REPOSITORY = new Slug("o", "r");
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(2));
    private final SetTime time = new SetTime();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private FakeGitHub fake;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeGitHub(time::now);
    }

    @AfterEach
    void stop() {
        transport.close();
        fake.close();
    }

    @Test
    void draftsAreSkippedAndPrereleasesUnlessAskedFor() throws Exception {
        fake.release("v2.0.0-rc.1", "prerelease").file("x", "new");
        fake.release("v1.1.0", "draft").file("x", "secret");
        fake.release("v1.0.0", "release")
                .file("x", "content")
                .oldFile("y", "old")
                .unfinishedFile("z");
        List<Release> releases = gitHub("").releases(REPOSITORY, false);
        assertThat(releases).singleElement().satisfies(release -> {
            assertThat(release.tag()).isEqualTo("v1.0.0");
            assertThat(release.assets()).extracting(Asset::name).containsExactly("x", "y");
            assertThat(release.assets().getFirst().sha256())
                    .contains(Digest.sha256("content".getBytes(StandardCharsets.UTF_8)));
            assertThat(release.assets().getLast().sha256()).isEmpty();
        });
        assertThat(gitHub("").releases(REPOSITORY, true))
                .extracting(Release::tag)
                .containsExactly("v2.0.0-rc.1", "v1.0.0");
    }

    @Test
    void manyReleasesAreOneRequestAHundred() throws Exception {
        for (int i = 0; i < 250; i++) {
            fake.release("v1." + i, "release");
        }
        assertThat(gitHub("").releases(REPOSITORY, false)).hasSize(250);
        assertThat(fake.asked()).containsExactly("list 1", "list 2", "list 3");
    }

    @Test
    void aPageThatLeadsToAnotherHostIsNotAskedFor() {
        for (int i = 0; i < 101; i++) {
            fake.release("v1." + i, "release");
        }
        fake.linkElsewhere();
        assertThatThrownBy(() -> gitHub("token").releases(REPOSITORY, false))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("list releases of")
                .hasMessageContaining("leads to another place");
    }

    @Test
    void aTagIsOneRequestWhateverItsNameAndKind() throws Exception {
        fake.release("release/v1 +%", "prerelease").file("x", "content");
        assertThat(gitHub("").release(REPOSITORY, "release/v1 +%").assets()).hasSize(1);
        assertThat(fake.asked()).containsExactly("tag release/v1 +%");
        assertThatThrownBy(() -> gitHub("").release(REPOSITORY, "v9"))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("look up release v9 of 127.0.0.1")
                .hasMessageEndingWith("or hides it from those who don't sign in: set GITHUB_TOKEN");
    }

    @Test
    void withoutATokenFilesAreDownloadedAsAnybodyDoes() throws Exception {
        fake.release("v1", "release").file("x", "content");
        assertThat(downloaded(gitHub(""))).isEqualTo("content");
        assertThat(fake.asked()).containsExactly("list 1", "page 0", "object 0");
    }

    @Test
    void aTokenIsShownToTheApiAndNotToTheHostOfTheFiles() throws Exception {
        fake.requireToken("s3cr3t");
        fake.release("v1", "release").file("x", "content");
        assertThat(downloaded(gitHub("s3cr3t"))).isEqualTo("content");
        assertThat(fake.asked()).containsExactly("list 1", "asset 0", "object 0");
        assertThat(fake.secretsAtObjects()).isEmpty();
        assertThatThrownBy(() -> gitHub("wr0ng").releases(REPOSITORY, false))
                .hasMessageEndingWith("or hides it from the account of this token")
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void aDownloadThatBreaksOffGoesOnWhereItBroke() throws Exception {
        fake.release("v1", "release").file("x", "a longer content");
        fake.breakDownloads(1);
        assertThat(downloaded(gitHub(""))).isEqualTo("a longer content");
        assertThat(fake.asked("object")).isEqualTo(2);
    }

    @Test
    void whenTheRequestsOfAnHourAreUsedUpTheNextWaitsForTheNextHour() throws Exception {
        for (int i = 0; i < 250; i++) {
            fake.release("v1." + i, "release");
        }
        fake.limit(2, START.plus(Duration.ofMinutes(20)));
        GitHub gitHub = gitHub("");
        assertThat(gitHub.releases(REPOSITORY, false)).hasSize(250);
        assertThat(fake.asked()).containsExactly("list 1", "list 2", "list 3");
        assertThat(time.slept).containsExactly(Duration.ofMinutes(20).plusSeconds(1));
        assertThat(told)
                .containsExactly("GitHub's 2 requests an hour are used up; with a token in GITHUB_TOKEN it takes more"
                        + " until 2026-11-23T09:20:01Z");
        assertThat(gitHub.allowance().orElseThrow().remaining()).isEqualTo(1);
    }

    @Test
    void whoStartsWithNothingLeftIsRefusedOnceAndWaits() throws Exception {
        fake.release("v1", "release");
        fake.limit(0, START.plus(Duration.ofMinutes(5)));
        assertThatThrownBy(() -> gitHub("t").releases(REPOSITORY, false))
                .hasMessageContaining("8 times for its limits");
        assertThat(time.slept).hasSize(7);
    }

    @Test
    void whoseClockIsAheadWaitsAllTheSame() throws Exception {
        fake.close();
        fake = new FakeGitHub(() -> time.now().minus(Duration.ofMinutes(10)));
        fake.release("v1", "release");
        fake.limit(1, START.minus(Duration.ofMinutes(5)));
        GitHub gitHub = gitHub("t");
        assertThat(gitHub.releases(REPOSITORY, false)).hasSize(1);
        assertThat(gitHub.releases(REPOSITORY, false)).hasSize(1);
        assertThat(time.slept).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4));
    }

    @Test
    void aSecondaryLimitIsWaitedForAsLongAsGitHubSays() throws Exception {
        fake.release("v1", "release");
        fake.refuseOnce(Optional.of(17), "You have exceeded a secondary rate limit");
        assertThat(gitHub("t").releases(REPOSITORY, false)).hasSize(1);
        assertThat(time.slept).containsExactly(Duration.ofSeconds(17));
        assertThat(told).containsExactly("GitHub asks for fewer requests until 2026-11-23T09:00:17Z");
    }

    @Test
    void aSecondaryLimitWithoutATimeIsWaitedForLongerEachTime() throws Exception {
        fake.release("v1", "release");
        fake.refuseOnce(Optional.empty(), "You have exceeded a secondary rate limit");
        fake.refuseOnce(Optional.empty(), "You have exceeded a secondary rate limit");
        assertThat(gitHub("t").releases(REPOSITORY, false)).hasSize(1);
        assertThat(time.slept).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2));
    }

    @Test
    void aRefusalThatIsNoLimitIsToldAtOnce() {
        fake.refuseOnce(Optional.empty(), "Resource protected by organization SAML enforcement");
        assertThatThrownBy(() -> gitHub("t").releases(REPOSITORY, false))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining(": 403 Resource protected by organization SAML enforcement; let the account");
        assertThat(time.slept).isEmpty();
    }

    @Test
    void aWaitOfHoursIsRefused() {
        fake.release("v1", "release");
        fake.refuseOnce(Optional.of(7200), "abuse");
        assertThatThrownBy(() -> gitHub("t").releases(REPOSITORY, false)).hasMessageContaining("too long to wait for");
    }

    @Test
    void namesThatWouldLeaveTheirFolderAreRefused() {
        for (String name : List.of("../x", "..", "a/b", "a\\b", "")) {
            Release release = new Release(
                    "v1", false, List.of(new Asset(name, 1, 1, Optional.empty(), URI.create("https://x.example/x"))));
            assertThatThrownBy(() -> new ReleaseStore(gitHub(""), REPOSITORY, List.of(release)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("nothing is taken from there");
        }
        Release release = new Release(
                "../v1", false, List.of(new Asset("x", 1, 1, Optional.empty(), URI.create("https://x.example/x"))));
        assertThatThrownBy(() -> new ReleaseStore(gitHub(""), REPOSITORY, List.of(release)))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void anAddressOfTheApiHoldsNoUser() {
        assertThatThrownBy(() -> new GitHub(
                        transport, URI.create("https://me:pw@x.example"), Optional.empty(), LimitListener.none(), time))
                .isInstanceOf(ForgeException.class)
                .hasMessageNotContaining("pw");
    }

    private String downloaded(GitHub gitHub) throws InterruptedException {
        List<Release> releases = gitHub.releases(REPOSITORY, true);
        ReleaseStore store = new ReleaseStore(gitHub, REPOSITORY, releases);
        FileName name = store.names().getFirst();
        StoredFile seen = store.inspect(name).orElseThrow();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        store.read(name, seen, new BlobIntake() {
            @Override
            public long offset() {
                return read.size();
            }

            @Override
            public void take(InputStream more) throws IOException {
                more.transferTo(read);
            }
        });
        assertThat((long) read.size()).isEqualTo(seen.size());
        return read.toString(StandardCharsets.UTF_8);
    }

    private GitHub gitHub(String token) {
        Optional<Secret> secret = token.isEmpty() ? Optional.empty() : Optional.of(Secret.of(token));
        return new GitHub(transport, fake.address(), secret, (why, until) -> told.add(why + " until " + until), time);
    }

    private static final class SetTime implements Time {
        private final List<Duration> slept = new CopyOnWriteArrayList<>();
        private volatile Instant now = START;

        @Override
        public long nanos() {
            return Duration.between(START, now).toNanos();
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
}
