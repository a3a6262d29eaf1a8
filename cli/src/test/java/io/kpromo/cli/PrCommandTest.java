// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PrCommandTest {
    private static final Slug HOME = Slug.of("my-org/manifests");
    private static final RefName BRANCH = new RefName("app-v1.1.0-image-promotion");
    private static final SampleImage IMAGE = SampleImage.image().build();

    @TempDir
    Path folder;

    private Registry staging;
    private FolderForge forge;

    @BeforeEach
    void start() throws Exception {
        staging = Registry.open(RegistryOptions.in(folder.resolve("staging")));
        IMAGE.pushTo(staging, "stage/app", "v1.1.0");
        Path root = Files.createDirectories(folder.resolve("forge"));
        forge = new FolderForge(root, "alice", Instant::now);
        String manifest = "registries:\n- name: " + staging.host() + "/stage\n  src: true\n- name: prod.example/app\n";
        forge.create(HOME, List.of(SourceFile.of("manifests/app/promoter-manifest.yaml", manifest)));
        forge.fork(HOME, "alice");
    }

    @AfterEach
    void stop() {
        staging.close();
    }

    @Test
    void theAddressOfThePullRequestIsTheOneLineOnStandardOutput() throws Exception {
        Ran ran = pr("", "--reviewers", "@my-org/a, @b", "--image", "app", "--note", "For https://example.com/1");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        PullRequest opened = forge.pullRequests(HOME).get(1).orElseThrow();
        assertThat(ran.out()).isEqualTo(opened.web() + "\n");
        assertThat(opened.body()).isEqualTo("""
                        Image promotion for app v1.1.0
                        This is an automated PR generated from `kpromo`
                        ```
                        kpromo pr --fork alice --project app --staging-repo %s/stage --reviewers "@my-org/a, @b" --tag v1.1.0 --image app --repo my-org/manifests --manifest-dir .
                        ```

                        For https://example.com/1

                        /hold
                        cc: @my-org/a, @b
                        """.formatted(staging.host()));
        CommitId head = forge.sources(fork()).branch(BRANCH).orElseThrow();
        assertThat(forge.sources(fork()).file(head, "images/app/images.yaml"))
                .contains(SourceFile.of(
                        "images/app/images.yaml",
                        "- name: app\n  dmap:\n    \"" + IMAGE.digest() + "\": [\"v1.1.0\"]\n"));
        assertThat(pr("").out()).isEqualTo(ran.out());
        forge.merge(HOME, 1);
        Ran again = pr("");
        assertThat(again.code()).isZero();
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("nothing to do: images/app/images.yaml wants all of it already");
    }

    @Test
    void aDryRunPrintsTheChangeAndTheText() throws Exception {
        Ran ran = pr("", "--dry-run");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("--- /dev/null\n+++ b/images/app/images.yaml\n@@ ")
                .contains("+- name: app\n")
                .contains("\nImage promotion for app v1.1.0\n\nImage promotion for app v1.1.0\nThis is");
        assertThat(forge.sources(fork()).branch(BRANCH)).isEmpty();
    }

    @Test
    void questionsAreAnsweredByAScriptAndAnEndOfInputMeansNo() throws Exception {
        Ran none = pr("", "-i");
        assertThat(none.code()).isZero();
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).contains("? (Y/n) no answer: taken as no").contains("stopped, and nothing left behind");
        Ran late = pr("\ny\nmaybe\nNO\n", "--interactive");
        assertThat(late.err()).contains("Create the pull request to my-org/manifests main? (Y/n) please answer y or n");
        assertThat(forge.sources(fork()).branch(BRANCH)).isEmpty();
        Ran yes = pr("\n\nyes\n", "-i");
        assertThat(yes.out()).endsWith("/pulls/1\n");
        assertThat(forge.pullRequests(HOME).get(1))
                .map(PullRequest::body)
                .get()
                .asString()
                .contains("kpromo pr --fork alice --interactive --project app");
    }

    @Test
    void aClonePushesTheSameBranch() throws Exception {
        Ran ran = pr("", "--clone", "--use-ssh=false");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).endsWith("/pulls/1\n");
        assertThat(ran.err()).contains("cloning branch main of file:");
        CommitId head = forge.sources(fork()).branch(BRANCH).orElseThrow();
        assertThat(forge.sources(fork()).file(head, "images/app/images.yaml")).isPresent();
        assertThat(pr("", "--clone", "--use-ssh=false").out()).isEqualTo(ran.out());
    }

    @Test
    void aTagThatWouldMoveIsRefused() throws Exception {
        pr("");
        forge.merge(HOME, 1);
        SampleImage.image().seed(7).build().pushTo(staging, "stage/app", "v1.1.0");
        Ran ran = pr("");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("app:v1.1.0 is promoted from " + IMAGE.digest() + " already");
    }

    @Test
    void whatIsWrongIsSaidBeforeAnybodyIsAsked() {
        assertThat(wrong("--tag", "v1")).contains("--fork is needed");
        assertThat(wrong("--fork", "alice")).contains("--tag is needed");
        assertThat(wrong("--fork", "alice", "--tag", "v1,latest")).contains("\"latest\"");
        assertThat(wrong("--fork", "alice", "--tag", "$(id)")).contains("tag \"$(id)\"");
        assertThat(wrong("--fork", "a b", "--tag", "v1")).contains("a b");
        assertThat(wrong("--fork", "a", "--tag", "v1", "--image", "../x")).contains("../x");
        assertThat(wrong("--fork", "a", "--tag", "v1", "--project", "a`b")).contains("a`b");
        assertThat(wrong("--fork", "a", "--tag", "v1", "--digests", "sha256:1")).contains("sha256:1");
        assertThat(wrong("--fork", "a", "--tag", "v1", "--reviewers", "@a\n/lgtm"))
                .contains("one line");
        assertThat(wrong("--fork", "a", "--tag", "v1", "--manifest-dir", "../x"))
                .contains("../x");
        assertThat(wrong("--fork", "a", "--tag", "v1")).contains("no token for").contains("GITHUB_TOKEN");
        assertThat(staging.counts().total()).isZero();
    }

    @Test
    void aFileHoldsOtherDefaultsAndWordings() throws Exception {
        Path config =
                Files.writeString(folder.resolve("pr.yaml"), """
                pullRequest:
                  repository: my-org/manifests
                  forge: folder=%s
                  manifests: .
                  staging: %s/stage
                  project: app
                  fork: alice
                  reviewers: "@team"
                  title: "Promote {{project}} {{tags}}"
                  body: |
                    {{title}} for {{reviewers}}
                    {{note}}
                """.formatted(folder.resolve("forge"), staging.host()));
        Ran ran = run("", "pr", "--config", config.toString(), "--tag", "v1.1.0");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(forge.pullRequests(HOME).get(1)).map(PullRequest::body).contains("Promote app v1.1.0 for @team\n\n");
        Files.writeString(config, """
            pullRequest:
              repo: a/b
              title: "{{version}}"
              fork: a b
              project: a/b
              forge: https://me:secret@git.example.org
              reviewers: "@a\\n/lgtm"
            """);
        Ran broken = run("", "pr", "--config", config.toString(), "--tag", "v1.1.0");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).contains("pr.yaml:2:3: unknown key \"repo\"").contains("pr.yaml:3:10: unknown name");
        assertThat(broken.err())
                .contains("pr.yaml:4:9: fork: invalid owner of a repository \"a b\"")
                .contains("pr.yaml:5:12: project: invalid project \"a/b\"")
                .contains("pr.yaml:6:10: forge: invalid forge \"***\"")
                .contains("pr.yaml:7:14: reviewers: want one line")
                .doesNotContain("secret");
        Files.writeString(config, "pullRequest:\n  title: |\n    Two\n    lines\n");
        assertThat(run("", "pr", "--config", config.toString(), "--tag", "v1.1.0")
                        .err())
                .contains("pr.yaml:2:10: title: want one line");
    }

    @Test
    void theCommandInTheTextDoesTheSameWithoutTheFile() throws Exception {
        Path config =
                Files.writeString(folder.resolve("pr.yaml"), """
                    pullRequest:
                      repository: my-org/manifests
                      forge: folder=%s
                      manifests: .
                      staging: %s/stage
                      project: app
                      fork: alice
                      reviewers: "@team"
                    """.formatted(folder.resolve("forge"), staging.host()));
        String file = config.toString();
        assertThat(run("", "pr", "--config", file, "--tag", "v1.1.0", "--dry-run")
                        .out())
                .contains("\nkpromo pr --fork alice --project app --staging-repo " + staging.host()
                        + "/stage --reviewers \"@team\" --tag v1.1.0 --repo my-org/manifests --manifest-dir .\n");
        assertThat(run("", "pr", "--config", file, "--tag", "v1.1.0", "--dry-run", "--project", "kubernetes")
                        .out())
                .contains("\nreleng: Image promotion for kubernetes v1.1.0\n")
                .contains("\nkpromo pr --fork alice --staging-repo ");
    }

    @Test
    void aTitleOfOnesOwnGetsNothingInFront() throws Exception {
        Path config = Files.writeString(folder.resolve("pr.yaml"), "pullRequest:\n  title: 'Take {{tags}}'\n");
        assertThat(pr("", "--dry-run", "--project", "kubernetes", "--config", config.toString())
                        .out())
                .contains("\n\nTake v1.1.0\n\nTake v1.1.0\n");
    }

    private String wrong(String... flags) {
        Ran ran = run("", Stream.concat(Stream.of("pr"), Stream.of(flags)).toArray(String[]::new));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        return ran.err();
    }

    private static Slug fork() {
        return new Slug("alice", HOME.name());
    }

    private Ran pr(String typed, String... flags) {
        return run(
                typed,
                Stream.concat(
                                Stream.of(
                                        "pr",
                                        "--forge",
                                        "folder=" + folder.resolve("forge"),
                                        "--repo",
                                        HOME.toString(),
                                        "--manifest-dir",
                                        ".",
                                        "--project",
                                        "app",
                                        "--fork",
                                        "alice",
                                        "--staging-repo",
                                        staging.host() + "/stage",
                                        "--tag",
                                        "v1.1.0"),
                                Stream.of(flags))
                        .toArray(String[]::new));
    }

    private Ran run(String typed, String... words) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", folder.toString());
        environment.put("USER", "alice");
        environment.put("GIT_COMMITTER_NAME", "Alice");
        environment.put("GIT_COMMITTER_EMAIL", "alice@example.com");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                List.of(words),
                environment,
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
