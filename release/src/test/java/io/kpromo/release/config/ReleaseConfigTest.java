// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.ForgeAddress;
import io.kpromo.forge.Slug;
import io.kpromo.oci.Repository;
import io.kpromo.release.config.Announcement.Mail;
import io.kpromo.yaml.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseConfigTest {
    @TempDir
    private Path folder;

    @Test
    void aRepositoryIsEnough() throws IOException {
        ReleaseConfig config = read("repository: team/tool\n");
        assertThat(config.repository()).isEqualTo(Slug.of("team/tool"));
        assertThat(config.branch()).hasToString("main");
        assertThat(config.forge()).isEmpty();
        assertThat(config.tracking().repository()).isEqualTo(Slug.of("team/tool"));
        assertThat(config.promotion()).isEmpty();
        assertThat(config.announcement().channels()).isEmpty();
    }

    @Test
    void everyKeyIsRead() throws IOException {
        ReleaseConfig config = read("""
                repository: team/tool
                forge: gitlab=https://git.example.org
                branch: trunk
                images:
                - staging: staging.example.org/tool
                  production: registry.example.org/team/tool
                  platforms: [linux/amd64, linux/arm64/v8]
                signer: {identityRegexp: ".*@example.org", issuer: https://accounts.example.org}
                versions:
                  file: build/dependencies.yaml
                  entries:
                  - name: release
                  - {name: image, version: "{{imageTag}}"}
                tracking: {title: "{{version}}", template: .github/release.md}
                canaries: [{manifest: canary/, key: canary.key}]
                promotion:
                  {repository: org/registry, base: live, manifests: registry, project: tool, fork: me, reviewers: "@org/team"}
                job: {workflow: {file: promote.yml}}
                rollout: [{repository: org/jobs, paths: [a.yaml, ./b/c.yaml]}]
                release: {title: "Tool {{number}}", assets: ["dist/*.tar.gz"], sboms: [dist/sbom.json]}
                announce:
                  channels:
                  - slack: {webhook: RELEASE_WEBHOOK}
                  - mail: {host: smtp.example.org, security: tls, from: a@example.org, to: [b@example.org]}
                  - discussion: {category: Announcements}
                """);
        assertThat(config.forge().orElseThrow()).hasToString("gitlab=https://git.example.org/api/v4");
        assertThat(config.images().getFirst().platforms()).containsExactly("linux/amd64", "linux/arm64/v8");
        assertThat(config.versions()
                        .orElseThrow()
                        .entries()
                        .getLast()
                        .version()
                        .orElseThrow()
                        .text())
                .isEqualTo("{{imageTag}}");
        assertThat(config.canaries()).containsExactly(new Canary(new SourcePath("canary"), Optional.of("canary.key")));
        assertThat(config.job())
                .contains(new PromotionJob.Workflow(Slug.of("team/tool"), "promote.yml", config.branch()));
        assertThat(config.rollout().getFirst().image()).isEqualTo(Repository.parse("registry.example.org/team/tool"));
        assertThat(config.rollout().getFirst().paths())
                .containsExactly(new SourcePath("a.yaml"), new SourcePath("b/c.yaml"));
        assertThat(config.announcement().channels())
                .containsExactly(
                        new Announcement.Slack("RELEASE_WEBHOOK"),
                        new Mail(
                                "smtp.example.org",
                                465,
                                Mail.Security.TLS,
                                "a@example.org",
                                List.of("b@example.org"),
                                Optional.empty(),
                                Optional.empty()),
                        new Announcement.Discussion(Slug.of("team/tool"), "Announcements"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtItsPlace() {
        assertThatThrownBy(() -> read("""
                        repository: tool
                        forge: bitbucket
                        imagse: []
                        images:
                        - staging: tool
                          platforms: [amd64]
                        versions: {file: ../x.yaml, entries: [{name: a, version: "{{tag}}"}]}
                        job: {prow: {logs: "ftp://x/"}, tekton: {}}
                        rollout: [{repository: a/b, paths: [.git/config]}]
                        signer: {key: a, identity: b}
                        announce: {channels: [{mail: {host: "a b", from: x, to: ["a@b\\r\\nBcc: c@d"], port: 70000}}]}
                        """))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(
                        "release.yaml:1:13: repository: invalid repository \"tool\": want owner/name",
                        "release.yaml:2:8: forge: invalid forge \"bitbucket\"",
                        "release.yaml:3:1: unknown key \"imagse\"; did you mean \"images\"?",
                        "release.yaml:5:12: staging: invalid repository \"tool\"",
                        "release.yaml:5:3: an image without production; add production: …",
                        "release.yaml:6:15: an item of platforms: want a platform as in linux/arm64, found \"amd64\"",
                        "release.yaml:7:18: file: invalid path \"../x.yaml\"",
                        "release.yaml:7:58: unknown name {{tag}}; known are imageTag, number, version",
                        "release.yaml:8:20: logs: want an address with https:// and without a password",
                        "release.yaml:8:41: a pipeline of Tekton without results",
                        "release.yaml:9:37: an item of paths: invalid path \".git/config\"",
                        "release.yaml:10:9: a signer is a key, or an identity",
                        "want the name of a mail server, found \"a b\"",
                        "want a mail address",
                        "want a number from 1 to 65535, found \"70000\"");
    }

    @Test
    void manifestsMayBeInTheRootOfTheirRepository() throws IOException {
        ReleaseConfig config = read("""
            repository: team/tool
            promotion: {repository: org/registry, manifests: ., project: tool}
            """);
        assertThat(config.promotion().orElseThrow().manifests()).isEmpty();
    }

    @Test
    void whatWouldOnlyFailInTheMiddleOfAReleaseIsSaidAtOnce() {
        assertThatThrownBy(() -> read("""
            repository: team/tool
            promotion: {repository: a/b, manifests: ../x, project: a/b, reviewers: "@a\\n/lgtm", fork: a b}
            """))
                .hasMessageContaining("release.yaml:2:41: manifests: invalid path")
                .hasMessageContaining("release.yaml:2:56: project: invalid project \"a/b\"")
                .hasMessageContaining("release.yaml:2:72: reviewers: want one line")
                .hasMessageContaining("release.yaml:2:91: fork: invalid owner");
    }

    @Test
    void aSecretInTheWrongPlaceIsNotRepeated() {
        assertThatThrownBy(() -> read("""
                        repository: team/tool
                        announce: {channels: [{slack: {webhook: "https://hooks.example.org/T00/B00/secret"}}]}
                        """))
                .hasMessageContaining("release.yaml:2:41: webhook: names the variable that holds it")
                .hasMessageNotContaining("T00");
    }

    @Test
    void aRolloutOfOneOfManyImagesNamesIt() {
        assertThatThrownBy(() -> read("""
                        repository: team/tool
                        rollout: [{repository: a/b, paths: [c]}]
                        """)).hasMessageContaining("release.yaml:2:11: a rollout without image");
    }

    @Test
    void theFileToBeginWithReadsBackWithAndWithoutItsComments() throws IOException {
        String text = ReleaseConfig.commented(Slug.of("Team/My.Tool"), Optional.empty());
        assertThat(read(text).repository()).hasToString("Team/My.Tool");
        ReleaseConfig all = read(text.replaceAll("(?m)^#(?=[^ \n]|  )", ""));
        assertThat(all.images().getFirst().production()).hasToString("registry.example.org/team/my.tool");
        assertThat(all.versions().orElseThrow().entries()).hasSize(2);
        assertThat(all.promotion().orElseThrow().project()).isEqualTo("My.Tool");
        assertThat(all.job()).isPresent();
        assertThat(all.rollout()).hasSize(1);
        assertThat(all.canaries()).hasSize(1);
        assertThat(all.page().sboms()).hasSize(1);
        assertThat(all.signer()).isPresent();
        assertThat(all.forge()).isPresent();
        assertThat(all.announcement().channels()).hasSize(3);
        assertThat(all.tracking().template()).isPresent();
        ForgeAddress elsewhere = ForgeAddress.of("https://gitlab.example.org");
        assertThat(read(ReleaseConfig.commented(Slug.of("a/b/c"), Optional.of(elsewhere)))
                        .forge())
                .contains(elsewhere);
    }

    @Test
    void whoHasNoneIsToldWhereToGetOne() {
        assertThatThrownBy(() -> ReleaseConfig.read(folder.resolve("release.yaml")))
                .hasMessageEndingWith("or write one to begin with: kpromo release init");
    }

    private ReleaseConfig read(String text) throws IOException {
        Path file = folder.resolve("release.yaml");
        Files.writeString(file, text);
        return ReleaseConfig.read(file);
    }
}
