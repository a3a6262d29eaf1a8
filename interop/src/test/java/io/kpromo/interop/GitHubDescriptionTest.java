// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.Issue;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.Asked;
import io.kpromo.forge.github.GitHubForge;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is asked of GitHub's API is what GitHub's own description of it knows.
@Tag("interop")
class GitHubDescriptionTest {
    private static final Slug HOME = Slug.of("o/r");
    private static final RefName MAIN = new RefName("main");
    private static final RefName CHANGE = new RefName("a/change");
    private static final RefName TAG = new RefName("v1.0.0");

    @TempDir
    private Path folder;

    @Test
    void everyRequestOfGhIsOneThatGitHubDescribes() throws IOException, InterruptedException {
        try (io.kpromo.files.github.FakeGitHub gitHub = new io.kpromo.files.github.FakeGitHub(Instant::now);
                GitHubDescription description = new GitHubDescription(folder)) {
            gitHub.requireToken("secret");
            gitHub.release("v1.0.0", "release").file("tool", "content");
            for (int i = 0; i < 100; i++) {
                gitHub.release("v0." + i, "release");
            }
            Kpromo kpromo = Kpromo.at(folder)
                    .with("GITHUB_TOKEN", "secret")
                    .with("GITHUB_API_URL", gitHub.address().toString());
            String out = folder.resolve("out").toString();
            String[] all = {"gh", "--org=o", "--repo=r", "--download-only", "--output-dir=" + out};
            String[] tag = {"gh", "--org=o", "--repo=r", "--tags=v1.0.0", "--download-only", "--output-dir=" + out};
            assertThat(kpromo.run(all).exit()).isZero();
            assertThat(kpromo.run(tag).exit()).isZero();
            assertThat(folder.resolve("out/o/r/v1.0.0/tool")).hasContent("content");

            // Two pages, the file, and the release of the tag.
            assertThat(gitHub.sent()).hasSize(4);
            for (io.kpromo.files.github.FakeGitHub.Sent sent : gitHub.sent()) {
                assertThat(description.judged(sent.method(), sent.target(), sent.headers(), new byte[0]))
                        .as(sent.method() + " " + sent.target())
                        .isEqualTo(GitHubDescription.FINE);
            }
        }
    }

    @Test
    void everyRequestOfTheForgeIsOneThatGitHubDescribes() throws IOException, InterruptedException {
        try (io.kpromo.forge.fake.FakeGitHub gitHub = new io.kpromo.forge.fake.FakeGitHub();
                HttpTransport transport = HttpTransport.open(TransportOptions.standard());
                GitHubDescription description = new GitHubDescription(folder)) {
            everything(gitHub, transport);
            for (Asked asked : gitHub.sent()) {
                if (!asked.target().equals("/graphql")) {
                    assertThat(description.judged(asked.method(), asked.target(), asked.headers(), asked.raw()))
                            .as(asked.method() + " " + asked.target() + " " + asked.body())
                            .isEqualTo(GitHubDescription.FINE);
                }
            }
            // That it judges at all: an issue has a title, and a pull request a base.
            Map<String, String> json = Map.of("Content-type", "application/json");
            byte[] nothing = "{\"labels\": 5}".getBytes(StandardCharsets.UTF_8);
            assertThat(description.judged("POST", "/repos/o/r/issues", json, nothing))
                    .startsWith("422 ");
            assertThat(description.judged("POST", "/repos/o/r/pulls", json, nothing))
                    .startsWith("422 ");
        }
    }

    @Test
    void everyQueryIsOneThatGitHubsSchemaKnows() throws IOException, InterruptedException {
        try (io.kpromo.forge.fake.FakeGitHub gitHub = new io.kpromo.forge.fake.FakeGitHub();
                HttpTransport transport = HttpTransport.open(TransportOptions.standard())) {
            everything(gitHub, transport);
            GitHubForge forge = new GitHubForge(
                    transport, gitHub.address(), Optional.of(Secret.of("t")), LimitListener.none(), Time.system());
            forge.sources(HOME).facts(CHANGE);
            forge.discussions(HOME).create("Announcements", "v1.0.0", "Out now");
            List<JsonNode> asked = gitHub.sent().stream()
                    .filter(request -> request.target().equals("/graphql"))
                    .map(Asked::body)
                    .toList();
            assertThat(asked)
                    .extracting(body -> body.path("query").asString("").strip().split("[ (]", 3)[1])
                    .contains("Folder", "Merged", "Standing", "Move", "Discussions", "Discuss");
            assertThat(GitHubSchema.judged(folder, asked)).containsOnly("");
            // That it judges at all.
            JsonNode wrong = JsonMapper.shared().readTree("""
                {"query": "query Q($n: Int!) { repository(owner: \\"o\\") { colour } }", "variables": {"n": "x"}}
                """);
            assertThat(GitHubSchema.judged(folder, List.of(wrong)))
                    .singleElement()
                    .asString()
                    .contains("colour", "\"name\"", "Int cannot represent");
        }
    }

    /// Every request that a forge of GitHub knows, once at least.
    private void everything(io.kpromo.forge.fake.FakeGitHub gitHub, HttpTransport transport)
            throws IOException, InterruptedException {
        CommitId first = gitHub.world().create(HOME, List.of(SourceFile.of("m/p.yaml", "1")));
        Slug fork = gitHub.world().fork(HOME, "alice");
        CommitId newer = gitHub.world()
                .commit(HOME, MAIN, List.of(SourceFile.of("b", "1")), "New", new Author("C", "c@x.example"));
        for (String token : List.of("t", "")) {
            GitHubForge forge = new GitHubForge(
                    transport,
                    gitHub.address(),
                    Optional.of(token).filter(t -> !t.isEmpty()).map(Secret::of),
                    LimitListener.none(),
                    Time.system());
            forge.sources(HOME).files(newer, "m", "p.yaml");
            forge.pullRequests(HOME).merged(first.hex(), "main");
        }
        GitHubForge forge = new GitHubForge(
                transport, gitHub.address(), Optional.of(Secret.of("t")), LimitListener.none(), Time.system());
        forge.user();
        sources(forge, first, newer, fork);
        PullRequest request = forge.pullRequests(HOME).create(new NewPullRequest(fork, CHANGE, MAIN, "T", "B"));
        forge.pullRequests(HOME).update(request.number(), "T2", "B2");
        forge.pullRequests(HOME).of(fork, CHANGE);
        forge.pullRequests(HOME).get(request.number());
        forge.sources(fork)
                .deleteBranch(CHANGE, forge.sources(fork).branch(CHANGE).orElseThrow());
        Issue issue = forge.issues(HOME).create(new NewIssue("T", "B", List.of("l"), List.of("alice")));
        forge.issues(HOME).update(issue, "B2");
        forge.issues(HOME).comment(issue.number(), "C");
        forge.issues(HOME).comments(issue.number());
        forge.issues(HOME).close(issue.number());
        Release release = forge.releases(HOME).create(new NewRelease(TAG, newer, "T", "B", true, false));
        Path file = Files.writeString(folder.resolve("f"), "content");
        Release.Asset asset = forge.releases(HOME).upload(release, "f", "application/octet-stream", file);
        forge.releases(HOME).deleteAsset(release, asset);
        forge.releases(HOME).update(release.id(), new NewRelease(TAG, newer, "T", "B", false, false));
        forge.workflowRuns(HOME).newest("promote.yml", MAIN, 3);
        Set<String> methods = gitHub.sent().stream().map(Asked::method).collect(Collectors.toSet());
        assertThat(methods).containsExactlyInAnyOrder("GET", "POST", "PATCH", "DELETE");
    }

    private static void sources(GitHubForge forge, CommitId first, CommitId newer, Slug fork)
            throws InterruptedException {
        Sources sources = forge.sources(HOME);
        sources.facts();
        sources.file(newer, "m/p.yaml");
        sources.createTag(TAG, first, "v1", Optional.of(new Author("C", "c@x.example")));
        sources.tag(TAG);
        sources.tags();
        byte[] binary = {0, 1, (byte) 0xff};
        NewCommit commit = new NewCommit(
                CHANGE,
                Optional.empty(),
                Optional.of(HOME),
                newer,
                List.of(SourceFile.of("m/p.yaml", "2"), SourceFile.of("m/q", binary)),
                "Two",
                Optional.of(new Author("C", "c@x.example")));
        CommitId made = forge.sources(fork).write(commit);
        forge.sources(fork)
                .write(new NewCommit(
                        CHANGE, Optional.of(made), Optional.empty(), made, commit.files(), "Three", Optional.empty()));
    }
}
