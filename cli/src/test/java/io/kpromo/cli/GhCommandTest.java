// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.github.FakeGitHub;
import io.kpromo.oci.Digest;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class GhCommandTest {
    @TempDir
    Path folder;

    private FakeGitHub gitHub;

    @BeforeEach
    void start() throws IOException {
        gitHub = new FakeGitHub(Instant::now);
    }

    @AfterEach
    void stop() {
        gitHub.close();
    }

    @Test
    void releasesGoToAFolderAndToABucketWithOneDownloadOfEachFile() throws IOException {
        gitHub.release("v1.0.0", "release").file("a.tar.gz", "aaa").file("b", "bb");
        gitHub.release("v1.1.0-rc.1", "prerelease").file("a.tar.gz", "new");
        Ran ran = gh("--bucket", bucket(), "--output-dir", out().toString());
        assertThat(ran.err()).contains("o/r: 1 release, 2 files").contains("done: 4 copied (edges)");
        assertThat(ran.code()).isZero();
        assertThat(out().resolve("o/r/v1.0.0/a.tar.gz")).hasContent("aaa");
        assertThat(folder.resolve("bucket/o/r/v1.0.0/b")).hasContent("bb");
        assertThat(gitHub.asked("object")).isEqualTo(2);
        assertThat(files(folder)).hasSize(4);
    }

    @Test
    void whatIsThereAndRightIsNotFetchedAgain() throws IOException {
        gitHub.release("v1.0.0", "release").file("a", "aaa").oldFile("b", "bb");
        assertThat(gh("--bucket", bucket()).code()).isZero();
        Files.delete(folder.resolve("bucket/o/r/v1.0.0/a"));
        gitHub.forgetAsked();
        assertThat(gh("--bucket", bucket()).err()).contains("1 up to date, 1 copied (edges)");
        assertThat(gitHub.asked()).containsExactly("list 1", "page 0", "object 0");
        gitHub.forgetAsked();
        assertThat(gh("--bucket", bucket()).err()).contains("nothing to do");
        assertThat(gitHub.asked()).containsExactly("list 1");
    }

    @Test
    void aReportSaysWhereEachFileOfAReleaseIs() throws IOException {
        gitHub.release("v1.0.0", "release").file("a", "aaa").file("b", "bb");
        Path json = folder.resolve("report.json");
        assertThat(gh("--bucket", bucket(), "--report-json", json.toString()).code())
                .isZero();
        JsonNode report = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(report.at("/result").asString()).isEqualTo("done");
        assertThat(report.at("/edges/copied").asInt()).isEqualTo(2);
        assertThat(report.at("/matrix/files/0/file").asString()).endsWith("/a");
        assertThat(report.at("/requests/0/count").asInt()).isPositive();
        assertThat(report.at("/matrix/destinations/0").asString()).isEqualTo(bucket() + "/o/r");
    }

    @Test
    void namedTagsAreTakenPrereleasesToo() throws IOException {
        gitHub.release("v1.0.0", "release").file("a", "aaa");
        gitHub.release("v2.0.0-rc.1", "prerelease").file("a", "new");
        assertThat(gh("--tags", "v2.0.0-rc.1", "--bucket", bucket(), "--release-dir", "x")
                        .code())
                .isZero();
        assertThat(files(folder)).containsExactly("bucket/x/v2.0.0-rc.1/a");
        Ran ran = gh("--tags", "v9", "--bucket", bucket());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("look up release v9 of");
    }

    @Test
    void aFileThatIsNotWhatGitHubSaysAppearsNowhere() throws IOException {
        byte[] bytes = "wrong".getBytes(StandardCharsets.UTF_8);
        gitHub.release("v1.0.0", "release")
                .file("lie", bytes, Digest.sha256(new byte[5]).toString(), 5)
                .file("short", bytes, Digest.sha256(bytes).toString(), 9)
                .file("good", "good");
        Path json = folder.resolve("report.json");
        Ran ran = gh("--bucket", bucket(), "--report-json", json.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(files(folder)).containsExactly("bucket/o/r/v1.0.0/good", "report.json");
        assertThat(ran.err()).contains("/v1.0.0/lie").contains("/v1.0.0/short").contains("2 failed");
        String changed = "GitHub sends something else than it should: see who changed the release; run again only"
                + " after that";
        assertThat(ran.err()).containsOnlyOnce(changed).doesNotContain("manifest");
        JsonNode findings = JsonMapper.shared().readTree(Files.readString(json)).at("/findings");
        assertThat(findings)
                .extracting(finding -> finding.path("advice").asString())
                .containsExactlyInAnyOrder(changed, Halted.ADVICE);
    }

    @Test
    void aFileThatWasChangedIsRefusedUnlessItMayBeReplaced() throws IOException {
        Path there = folder.resolve("bucket/o/r/v1.0.0/a");
        Files.createDirectories(there.getParent());
        Files.writeString(there, "old");
        gitHub.release("v1.0.0", "release").file("a", "new");
        Ran refused = gh("--bucket", bucket());
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err())
                .contains("v1.0.0/a has other content than the release on GitHub has: it is sha256:")
                .doesNotContain("manifest");
        assertThat(there).hasContent("old");
        assertThat(gh("--bucket", bucket(), "--overwrite").code()).isZero();
        assertThat(there).hasContent("new");
    }

    @Test
    void releasesGoToARegistryAsArtifactsThatAreSignedAndRecorded() throws IOException {
        gitHub.release("v1.0.0", "release").file("crictl", "content");
        String key = folder.resolve("k").toString();
        Map<String, String> password = Map.of("COSIGN_PASSWORD", "");
        assertThat(Ran.kpromo(password, "keys", "generate", "--output", key).code())
                .isZero();
        try (Registry registry = Registry.open(RegistryOptions.in(folder.resolve("registry")))) {
            String[] words = {"--bucket", "oci://" + registry.host() + "/tools", "--key", key + ".key"};
            Ran first = gh(password, words);
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(first.err()).contains("done: 1 copied (edges); 1 signed (signatures and records)");
            String image = registry.host() + "/tools/o/r/crictl:v1.0.0";
            Ran verified = Ran.kpromo("verify", "--key", key + ".pub", "--require", "signature,record", image);
            assertThat(verified.code()).as(verified.err()).isZero();
            assertThat(StoredStatements.in(folder.resolve("registry")))
                    .anySatisfy(statement -> assertThat(statement)
                            .contains("\"name\":\"https://" + gitHub.address().getAuthority()
                                    + "/o/r/releases/download/v1.0.0/crictl\"")
                            .doesNotContain("\"manifest\""));
            assertThat(gh(password, words).err())
                    .contains("nothing to do: 1 up to date (edges); 1 complete (signatures and records)");
        }
    }

    @Test
    void whatGoesToARegistryIsNotSignedWhereThatIsNotWanted() throws IOException {
        gitHub.release("v1.0.0", "release").file("crictl", "content");
        try (Registry registry = Registry.open(RegistryOptions.in(folder.resolve("registry")))) {
            assertThat(gh("--bucket", "oci://" + registry.host() + "/tools", "--sign=false")
                            .code())
                    .isZero();
            assertThat(Ran.kpromo("ls", registry.host() + "/tools/o/r/crictl").out())
                    .isEqualTo("v1.0.0\n");
        }
    }

    @Test
    void aConfigurationNamesManyAndATokenIsShownNowhere() throws IOException {
        gitHub.requireToken("s3cr3t");
        gitHub.release("v1.0.0", "release").file("a", "aaa");
        gitHub.release("v2.0.0", "release").file("a", "a2");
        Path config = Files.writeString(folder.resolve("c.yaml"), """
            releaseConfigs:
            - {org: o, repo: r, tags: [v1.0.0], gcsBucket: "%1$s", releaseDir: one}
            - {org: o, repo: r, tags: [v2.0.0], gcsBucket: "%1$s"}
            """.formatted(bucket()));
        Map<String, String> environment =
                Map.of("GITHUB_API_URL", gitHub.address().toString(), "GH_TOKEN", "s3cr3t");
        Ran ran = Ran.kpromo(environment, "gh", "--config", config.toString(), "--log-level", "trace");
        assertThat(ran.code()).isZero();
        assertThat(files(folder)).containsExactly("bucket/one/v1.0.0/a", "bucket/v2.0.0/a", "c.yaml");
        assertThat(gitHub.secretsAtObjects()).isEmpty();
        assertThat(ran.out() + ran.err()).doesNotContain("s3cr3t").contains("GitHub takes 4,996 more requests");
    }

    @Test
    void whatIsNoAddressOfGitHubOrNoTokenIsWrongUsageAndNotTold() {
        for (String address : List.of("ftp://x", "nonsense", "http://me:s3cr3t@x", "http://x?q")) {
            Ran flag = Ran.kpromo("gh", "--org", "o", "--repo", "r", "--bucket", bucket(), "--github-api", address);
            assertThat(flag.code()).as(address).isEqualTo(2);
            assertThat(flag.err()).contains("--github-api is no address").doesNotContain("s3cr3t");
            Map<String, String> environment = Map.of("GITHUB_API_URL", address);
            Ran variable = Ran.kpromo(environment, "gh", "--org", "o", "--repo", "r", "--bucket", bucket());
            assertThat(variable.code()).as(address).isEqualTo(2);
            assertThat(variable.err()).contains("GITHUB_API_URL is no address").doesNotContain("s3cr3t");
        }
        Ran token = gh(Map.of("GITHUB_TOKEN", "s3cr3t s3cr3t"), "--bucket", bucket());
        assertThat(token.code()).isEqualTo(2);
        assertThat(token.err()).contains("GITHUB_TOKEN holds is no token").doesNotContain("s3cr3t");
        assertThat(gitHub.asked()).isEmpty();
    }

    @Test
    void whatIsNoServiceAccountIsWrongUsage() {
        Ran ran = gh("--bucket", "bucket", "--service-account", "promoter");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--service-account: invalid service account \"promoter\"");
        assertThat(gitHub.asked()).isEmpty();
    }

    @Test
    void aTagThatCanBeNoneIsWrongUsage() throws IOException {
        Ran flag = gh("--bucket", bucket(), "--tags", " ");
        assertThat(flag.code()).isEqualTo(2);
        assertThat(flag.err()).contains("invalid branch or tag \" \"");
        Path config = Files.writeString(folder.resolve("c.yaml"), """
            releaseConfigs:
            - {org: o, repo: r, gcsBucket: "%s"}
            - {org: o, repo: r, gcsBucket: "%s", tags: [""]}
            """.formatted("b".repeat(9), "b".repeat(9)));
        Ran file = Ran.kpromo("gh", "--config", config.toString());
        assertThat(file.code()).isEqualTo(1);
        assertThat(file.err())
                .isEqualTo("error: " + config + ":3:52: invalid branch or tag \"\": want what"
                        + " git-check-ref-format(1) allows\n");
    }

    @Test
    void twoFilesThatWouldHaveOneNameAreRefusedBeforeAnyIsCopied() throws IOException {
        gitHub.release("v1/a", "release").file("b", "one");
        gitHub.release("a", "release").file("b", "another");
        Path config = Files.writeString(folder.resolve("c.yaml"), """
            releaseConfigs:
            - {org: o, repo: r, tags: [v1/a], gcsBucket: "%1$s", releaseDir: x}
            - {org: o, repo: r, tags: [a], gcsBucket: "%1$s", releaseDir: x/v1}
            """.formatted(bucket()));
        Ran ran =
                Ran.kpromo(Map.of("GITHUB_API_URL", gitHub.address().toString()), "gh", "--config", config.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("c.yaml:3:3: both github://")
                .contains("/v1/a/b and ")
                .contains(" would be " + bucket() + "/x/v1/a/b, with different content; give one of the repositories");
        assertThat(files(folder)).containsExactly("c.yaml");
    }

    @Test
    void whatIsMissingOnTheCommandLineIsSaid() {
        assertThat(Ran.kpromo("gh", "--org", "o").err()).contains("--org, --repo and --bucket are needed");
        assertThat(Ran.kpromo("gh", "--org", "o", "--repo", "r", "--download-only")
                        .err())
                .contains("--output-dir");
        for (String flag : List.of("--org=o", "--repo=r", "--bucket=b", "--release-dir=d", "--include-prereleases")) {
            Ran both = Ran.kpromo("gh", "--config", "x", flag);
            assertThat(both.code()).as(flag).isEqualTo(2);
            assertThat(both.err()).contains("--config names ");
        }
        assertThat(Ran.kpromo("gh", "--org", "..", "--repo", "r", "--bucket", "b")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aTagWithoutANameIsWrongUsageAndGitHubIsNotAsked() {
        for (String tags : List.of("", "v1,", ",v1", "v1,,v2")) {
            Ran ran = gh("--tags", tags, "--bucket", bucket());
            assertThat(ran.code()).as(tags).isEqualTo(2);
            assertThat(ran.err()).contains("--tags names a tag that is empty").doesNotContain("GITHUB_TOKEN");
        }
        assertThat(gitHub.asked()).isEmpty();
    }

    @Test
    void releasesWithoutFilesAreSaidToHaveNone() {
        gitHub.release("v1.0.0", "release");
        Ran ran = gh("--bucket", bucket());
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("nothing to do: no files are wanted\n").doesNotContain("(edges)");
    }

    private Ran gh(String... more) {
        return gh(Map.of(), more);
    }

    private Ran gh(Map<String, String> environment, String... more) {
        Stream<String> words = Stream.of(
                "gh",
                "--org",
                "o",
                "--repo",
                "r",
                "--github-api",
                gitHub.address().toString());
        return Ran.kpromo(environment, Stream.concat(words, Stream.of(more)).toArray(String[]::new));
    }

    private String bucket() {
        return "file://" + folder.resolve("bucket");
    }

    private Path out() {
        return folder.resolve("out");
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
