// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.fake.ForgeServer;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Transport;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Connections that break at each request in turn, before it is done or after: whoever repeats finishes what was
/// begun, and nothing is there twice.
@Timeout(120)
public abstract class FaultsContract {
    protected static final Slug HOME = Slug.of("team/app");
    protected static final Slug FORK = Slug.of("alice/app");
    private static final RefName CHANGE = new RefName("change");
    private static final RefName TAG = new RefName("v1.0.0");

    @TempDir
    protected Path folder;

    /// A forge with the repository [#HOME], whose fork [#FORK] lags, and what breaks the connections to it.
    public interface Breaking extends AutoCloseable {
        Forge forge(Transport transport);

        /// How many requests came so far, of those that break when their turn comes.
        int requests();

        /// The n-th request from now breaks, the next one being the first.
        void failAt(int nth, ForgeServer.Fault how);

        /// Whether it did.
        boolean hasFailed();

        /// What is there: names of branches and tags, numbers of everything else.
        Map<String, Object> census() throws InterruptedException;

        @Override
        void close();
    }

    /// Begins anew, with repositories as at the first time.
    protected abstract Breaking started() throws IOException, InterruptedException;

    @ParameterizedTest
    @EnumSource(ForgeServer.Fault.class)
    void whatBreaksAnywhereIsFinishedByARepeatWithoutDoubles(ForgeServer.Fault fault) throws Exception {
        Map<String, Object> expected;
        int requests;
        try (Breaking clean = started()) {
            assertThat(tries(clean)).isEqualTo(1);
            requests = clean.requests();
            expected = clean.census();
        }
        assertThat(expected)
                .containsEntry("issues", 1)
                .containsEntry("comments", 1)
                .containsEntry("pulls", 1)
                .containsEntry("assets", 1)
                .containsEntry("discussions", hasDiscussions() ? 1 : 0);
        for (int nth = 1; nth <= requests; nth++) {
            try (Breaking breaking = started()) {
                breaking.failAt(nth, fault);
                assertThat(tries(breaking)).as("request " + nth).isLessThanOrEqualTo(2);
                assertThat(breaking.hasFailed()).as("request " + nth).isTrue();
                assertThat(breaking.census())
                        .as("request " + nth + ", " + fault)
                        .isEqualTo(expected);
            }
        }
    }

    protected boolean hasDiscussions() {
        return true;
    }

    /// @return how often it was begun
    private int tries(Breaking breaking) throws Exception {
        for (int tries = 1; ; tries++) {
            try (HttpTransport transport =
                    HttpTransport.open(TransportOptions.standard().withTries(1))) {
                all(breaking.forge(transport));
                return tries;
            } catch (ForgeException broken) {
                assertThat(tries).as(broken.getMessage()).isLessThan(3);
            }
        }
    }

    /// Each step looks before it leaps, as all commands do.
    private void all(Forge forge) throws Exception {
        Sources home = forge.sources(HOME);
        CommitId main = home.branch(new RefName("main")).orElseThrow();
        if (forge.sources(FORK).branch(CHANGE).isEmpty()) {
            forge.sources(FORK)
                    .write(new NewCommit(
                            CHANGE,
                            Optional.empty(),
                            Optional.of(HOME),
                            main,
                            List.of(SourceFile.of("a", "2")),
                            "Two",
                            Optional.empty()));
        }
        forge.pullRequests(HOME).create(new NewPullRequest(FORK, CHANGE, new RefName("main"), "Two", "Body"));
        if (home.tag(TAG).isEmpty()) {
            home.createTag(TAG, main, "v1", Optional.empty());
        }
        Issue issue = forge.issues(HOME).create(new NewIssue("Release v1", "- [ ] Tag", List.of(), List.of()));
        if (forge.issues(HOME).comments(issue.number()).isEmpty()) {
            forge.issues(HOME).comment(issue.number(), "Tagged");
        }
        Issue now = forge.issues(HOME).get(issue.number()).orElseThrow();
        forge.issues(HOME).update(now, "- [x] Tag");
        Release release = forge.releases(HOME).create(new NewRelease(TAG, main, "One", "Notes", true, false));
        if (release.assets().isEmpty()) {
            forge.releases(HOME)
                    .upload(release, "sums", "text/plain", Files.writeString(folder.resolve("sums"), "sums"));
        }
        forge.releases(HOME).update(release.id(), new NewRelease(TAG, main, "One", "Notes", false, false));
        if (hasDiscussions()) {
            forge.discussions(HOME).create("Announcements", "v1.0.0", "Out now");
        }
    }
}
