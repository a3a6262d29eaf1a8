// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.Author;
import io.kpromo.forge.Issue;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.forge.git.GitRepository;
import io.kpromo.forge.git.WorkTree;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseCommandTest {
    @TempDir
    Path folder;

    @Test
    void theTourMakesAReleaseAndLeavesNothingUndone() throws Exception {
        Path kept = folder.resolve("tour");

        Ran ran = kpromo("quickstart", "--release", "--keep", kept.toString());

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("9/9").contains("v1.2.0-0 is in all 2 destinations, signed and recorded");
        FolderForge forge = new FolderForge(kept.resolve("forge"), "you", InstantSource.system());
        Slug hello = Slug.of("team/hello");
        List<Issue> issues = forge.issues(hello).titled("Release team/hello@v1.2.0");
        assertThat(issues)
                .singleElement()
                .extracting(Issue::body)
                .asString()
                .contains("- [x] Announcement: ")
                .doesNotContain("- [ ]");
        assertThat(forge.releases(hello).of(new RefName("v1.2.0")).orElseThrow().body())
                .contains("Hello is said twice as fast.");
    }

    @Test
    void canariesArePromotedWithThisBuildAndVerified() throws Exception {
        try (Registry registry = Registry.open(RegistryOptions.in(folder.resolve("registry")))) {
            SampleImage image = SampleImage.image().build();
            image.pushTo(registry, "canary/stage/app", "1.0");
            assertThat(kpromo(
                                    Map.of("COSIGN_PASSWORD", ""),
                                    "keys",
                                    "generate",
                                    "--output",
                                    folder.resolve("key").toString())
                            .code())
                    .isZero();
            Path tree = tree("""
                repository: team/tool
                canaries:
                - manifest: canary.yaml
                  key: %s
                """.formatted(folder.resolve("key.key")));
            Files.writeString(tree.resolve("canary.yaml"), """
                registries:
                - name: %1$s/canary/stage
                  src: true
                - name: %1$s/canary/prod
                images:
                - name: app
                  dmap:
                    "%2$s": ["1.0"]
                """.formatted(registry.host(), image.digest()));

            assertThat(validate(tree).out())
                    .contains("ready")
                    .contains("would promote canary.yaml with this build, for " + registry.host() + "/canary/prod/"
                            + BuildInfo.ours().version() + "-");
            assertThat(validate(tree, "--confirm").out())
                    .contains("done")
                    .contains("the canaries of canary.yaml verify");
            // A build of a tree with changes in no commit proves itself anew in each run.
            boolean clean = BuildInfo.ours().tree().equals("clean");
            Ran again = validate(tree);
            assertThat(again.out()).contains(clean ? "done" : "ready");
            assertThat(again.code()).isZero();
            assertThat(kpromo("ls", registry.host() + "/canary/prod/app").code())
                    .isNotZero();
        }
    }

    private Ran validate(Path tree, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "release",
                "validate",
                "v1.0.0",
                "--base-path",
                tree.toString(),
                "--forge",
                "folder=" + folder.resolve("forge")));
        words.addAll(List.of(more));
        return kpromo(Map.of("COSIGN_PASSWORD", ""), words.toArray(String[]::new));
    }

    @Test
    void whereNothingIsStagedScriptsLearnItByTheExitCode() throws Exception {
        try (Registry registry = Registry.open(RegistryOptions.in(folder.resolve("registry")))) {
            Path tree = tree("""
                repository: team/tool
                images:
                - staging: %1$s/stage/tool
                  production: %1$s/prod/tool
                  platforms: [linux/amd64, linux/s390x]
                """.formatted(registry.host()));
            Ran missing = staged(tree);
            assertThat(missing.code()).isEqualTo(1);
            assertThat(missing.out()).startsWith("staged  waiting").contains("/stage/tool:v1.0.0-0");

            SampleImage.image()
                    .platforms("linux/amd64", "linux/arm64")
                    .build()
                    .pushTo(registry, "stage/tool", "v1.0.0-3");
            Ran lacking = staged(tree);
            assertThat(lacking.code()).isEqualTo(1);
            assertThat(lacking.out()).contains("is not built for linux/s390x").contains("as v1.0.0-4");

            SampleImage.image()
                    .platforms("linux/amd64", "linux/s390x")
                    .build()
                    .pushTo(registry, "stage/tool", "v1.0.0-4");
            Ran there = staged(tree);
            assertThat(there.code()).as(there.out()).isZero();
            assertThat(there.out()).contains("for linux/amd64, linux/s390x, not signed");
        }
    }

    private Ran staged(Path tree) {
        return kpromo(
                "release",
                "staged",
                "v1.0.0",
                "--base-path",
                tree.toString(),
                "--forge",
                "folder=" + folder.resolve("forge"));
    }

    @Test
    void aMistakeInTheConfigurationIsToldByItsPlace() throws Exception {
        Path tree = tree("repository: team/tool\nimages: nothing\n");

        Ran ran = kpromo("release", "show", "v1.0.0", "--base-path", tree.toString());
        assertThat(ran.code()).isNotZero();
        assertThat(ran.err()).contains("release.yaml:2:9");
    }

    @Test
    void beforeTheFirstTagTheVersionThatIsWrittenDownIsShown() throws Exception {
        Path tree = tree("""
            repository: team/tool
            versions:
              file: dependencies.yaml
              entries:
              - name: image
                version: "{{imageTag}}"
              - name: release
            """);
        Files.writeString(tree.resolve("VERSION"), "0.3.0\n");
        Files.writeString(tree.resolve("dependencies.yaml"), """
            dependencies:
            - name: image
              version: v0.3.0-0
            - name: release
              version: 0.3.0
              refPaths:
              - path: VERSION
            """);

        Ran here = kpromo(
                "release", "show", "--base-path", tree.toString(), "--forge", "folder=" + folder.resolve("forge"));
        assertThat(here.code()).as(here.err()).isZero();
        assertThat(here.out()).contains("would open the issue").contains("team/tool@v0.3.0");

        Ran elsewhere =
                kpromo("release", "validate", "--base-path", tree.toString(), "--forge", "gitea=http://127.0.0.1:1");
        assertThat(elsewhere.code()).as(elsewhere.err()).isZero();
        assertThat(elsewhere.err()).contains("the tags of this clone are taken instead");
        assertThat(elsewhere.out()).containsPattern("validate +left out");
    }

    @Test
    void withoutANetworkAReleaseIsShownAsFarAsItIsHereAndEachSilentHostIsToldOfOnce() throws Exception {
        String nobody = nobody();
        String registry = nobody();
        Path tree = tree("""
            repository: team/tool
            images:
            - staging: %1$s/stage/tool
              production: %1$s/prod/tool
            """.formatted(registry));
        try (GitRepository clone = GitRepository.around(tree).orElseThrow()) {
            clone.createTag(
                    new RefName("v1.4.0"),
                    clone.head().orElseThrow(),
                    "Release",
                    new Author("A", "a@example.com"),
                    Instant.EPOCH);
        }

        Ran ran = kpromo(
                Map.of("GITEA_TOKEN", "t"),
                "release",
                "show",
                "--base-path",
                tree.toString(),
                "--forge",
                "gitea=http://" + nobody);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err().lines().filter(line -> line.contains(nobody)))
                .singleElement()
                .asString()
                .contains("the tags of this clone are taken instead");
        assertThat(ran.err().lines().filter(line -> line.contains(registry))).hasSize(1);
        assertThat(ran.out())
                .contains("v1.4.0")
                .contains(nobody + " cannot be reached")
                .contains(registry + " cannot be reached");
    }

    /// A host of this machine where nobody listens.
    private static String nobody() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + taken.getLocalPort();
        }
    }

    @Test
    void waitsAreWrittenWithTheirUnit() throws Exception {
        Path tree = tree("repository: team/tool\n");

        Ran ran = kpromo("release", "staged", "v1.0.0", "--base-path", tree.toString(), "--wait", "30");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--wait is a time as in 90s, 30m or 2h; got 30");
    }

    /// A repository of a forge in a folder, cloned.
    private Path tree(String config) throws Exception {
        Path forge = Files.createDirectories(folder.resolve("forge"));
        Slug slug = Slug.of("team/tool");
        FolderForge folderForge = new FolderForge(forge, "you", InstantSource.system());
        folderForge.create(slug, List.of(SourceFile.of("release.yaml", config)));
        Path tree = folder.resolve("tree");
        WorkTree.clone(Path.of(folderForge.address(slug)), tree).close();
        return tree;
    }
}
