// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.fake.FakeGitHub;
import io.kpromo.forge.fake.World;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// GitHub on this machine, with one repository, and waits that are over at once.
@Timeout(60)
abstract class GitHubScene {
    static final Slug HOME = Slug.of("kubernetes/k8s.io");
    static final RefName MAIN = new RefName("main");
    static final RefName CHANGE = new RefName("change");
    static final Author CAROL = new Author("Carol", "c@example.com");

    final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(2));
    final SetTime time = new SetTime();
    final List<String> told = new ArrayList<>();
    FakeGitHub gitHub;
    CommitId first;

    /// Waits are over at once, and remembered.
    static final class SetTime implements Time {
        private Instant now = Instant.parse("2026-11-23T10:00:00Z");
        final List<Duration> slept = new ArrayList<>();

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

    GitHubForge forge(String token) {
        return new GitHubForge(
                transport,
                gitHub.address(),
                Optional.of(token).filter(text -> !text.isEmpty()).map(Secret::of),
                (why, until) -> told.add(why),
                time);
    }

    List<String> asked() {
        return gitHub.sent().stream()
                .map(asked -> asked.method() + " "
                        + asked.target().replaceFirst("\\?.*", "").replaceAll("[0-9a-f]{40}", "SHA"))
                .toList();
    }

    static NewCommit change(Slug upstream, CommitId parent) {
        return new NewCommit(
                CHANGE,
                Optional.empty(),
                Optional.of(upstream),
                parent,
                List.of(SourceFile.of("i/a/images.yaml", "[1]")),
                "One more",
                Optional.of(CAROL));
    }
}
