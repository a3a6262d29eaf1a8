// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.RefName;
import io.kpromo.forge.git.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `release init`, `verify-dependencies`, `bump`.
class ReleaseVersionsCommandTest {
    @TempDir
    private Path folder;

    @Test
    void thisRepositoryAgreesWithItself() {
        Ran ran = Ran.kpromo("release", "verify-dependencies", "--base-path", "..");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void aReleaseOfThisRepositoryChangesEveryPlace() {
        Ran ran = Ran.kpromo("release", "bump", "v98.76.54", "--base-path", "..");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("VERSION:1\n- ", "+ 98.76.54\n", "pom.xml:", "cli/pom.xml:", "kpromo:v98.76.54-0");
        assertThat(ran.err()).contains("--confirm does it").doesNotContain("off then");
    }

    @Test
    void placesThatAreOffAreTheResult() throws IOException {
        files();
        Files.writeString(folder.resolve("VERSION"), "0.9.0\n");
        Ran ran = kpromo("verify-dependencies");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("VERSION:1: tool: found 0.9.0, want 1.0.0 (dependencies.yaml:4:14)\n");
        assertThat(ran.err()).contains("1 place of 2 dependencies off");
        Ran json = kpromo("verify-dependencies", "--output", "json");
        assertThat(json.out())
                .isEqualTo(
                        "{\n  \"off\": [\n    {\"file\": \"VERSION\", \"line\": 1, \"dependency\": \"tool\", \"found\":"
                                + " \"0.9.0\", \"wanted\": \"1.0.0\"}\n  ],\n  \"newer\": [],\n  \"unknown\": []\n}\n");
    }

    @Test
    void aBumpIsShownBeforeItIsDone() throws IOException {
        files();
        Ran shown = kpromo("bump", "v1.1.0");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).isEqualTo("""
                        VERSION:1
                        - 1.0.0
                        + 1.1.0
                        dependencies.yaml:3
                        -   version: 1.0.0
                        +   version: 1.1.0
                        dependencies.yaml:5
                        - - {name: image, version: v1.0.0-3, refPaths: [{path: job.yaml, match: tool}]}
                        + - {name: image, version: v1.1.0-0, refPaths: [{path: job.yaml, match: tool}]}
                        job.yaml:1
                        - image: tool:v1.0.0-3
                        + image: tool:v1.1.0-0
                        """);
        assertThat(Files.readString(folder.resolve("VERSION"))).isEqualTo("1.0.0\n");
        assertThat(kpromo("bump", "v1.1.0", "--confirm").err()).contains("changed 4 lines");
        assertThat(Files.readString(folder.resolve("job.yaml"))).isEqualTo("image: tool:v1.1.0-0\n");
        assertThat(kpromo("verify-dependencies").code()).isZero();
        assertThat(kpromo("bump", "v1.1.0", "--confirm").err()).contains("nothing to change");
        assertThat(kpromo("bump", "image", "v1.1.0-1", "--confirm").err()).contains("changed 2 lines");
    }

    @Test
    void whatOthersHaveReleasedSinceIsListed() throws IOException {
        Files.writeString(folder.resolve("dependencies.yaml"), """
                dependencies:
                - {name: old, version: v1.0.0, upstream: {flavour: dummy, latest: 1.2.0}}
                - {name: new, version: 1.2.0, upstream: {flavour: dummy, latest: 1.2.0}}
                """);
        Ran ran = kpromo("verify-dependencies", "--remote");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("newer: old: v1.2.0 (here v1.0.0)\n");
    }

    @Test
    void whoCannotBeAskedIsAnError() throws IOException {
        Files.writeString(folder.resolve("dependencies.yaml"), """
                dependencies:
                - {name: image, version: 1.0.0, scheme: random, upstream: {flavour: ami, owner: amazon, name: x}}
                - {name: old, version: 1.0.0, upstream: {flavour: dummy, latest: 1.2.0}}
                """);
        Ran ran = kpromo("verify-dependencies", "--remote", "--output", "json");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("image: cannot find machine images x of amazon: in which region of Amazon?");
        assertThat(ran.out())
                .contains("\"newer\": [\n    {\"dependency\": \"old\"", "{\"dependency\": \"image\", \"why\": ");
    }

    @Test
    void whatIsWrittenWrongIsUsage() throws IOException {
        files();
        assertThat(kpromo("bump", "1.1").code()).isEqualTo(2);
        assertThat(kpromo("bump", "a", "b", "c").code()).isEqualTo(2);
        assertThat(kpromo("verify-dependencies", "--config", "../x").code()).isEqualTo(2);
        assertThat(kpromo("verify-dependencies", "--config", "none.yaml"))
                .satisfies(ran -> assertThat(ran.err())
                        .contains("none.yaml: does not exist; name the file of dependencies with --config"))
                .satisfies(ran -> assertThat(ran.code()).isEqualTo(1));
    }

    @Test
    void aFileToBeginWithIsWrittenOnce() throws IOException {
        Ran first = kpromo("init", "--repo", "team/tool");
        assertThat(first.code()).as(first.err()).isZero();
        String text = Files.readString(folder.resolve("release.yaml"));
        assertThat(text).contains("\nrepository: team/tool\n");
        Ran second = kpromo("init", "--repo", "team/other");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("is there already");
        assertThat(folder.resolve("release.yaml")).hasContent(text);
        assertThat(kpromo("init", "--repo", "../x").code()).isEqualTo(2);
    }

    @Test
    void theFileToBeginWithKnowsWhereTheRemoteIs() throws IOException {
        GitRepository.create(folder, new RefName("main"), false).close();
        Files.writeString(
                folder.resolve(".git/config"),
                "[remote \"origin\"]\n\turl = https://me:secret@gitlab.example.org/group/sub/tool.git\n",
                StandardOpenOption.APPEND);
        Ran ran = kpromo("init");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Files.readString(folder.resolve("release.yaml")))
                .contains("\nrepository: group/sub/tool\n", "\nforge: gitlab=https://gitlab.example.org/api/v4\n")
                .doesNotContain("secret");
    }

    @Test
    void withoutAFileTheFirstStepIsNamed() {
        assertThat(kpromo("bump", "v1.1.0").err()).contains("kpromo release init writes one");
        assertThat(kpromo("show").err()).contains("write one to begin with: kpromo release init");
        assertThat(kpromo("init").err()).contains("--repo is missing");
        assertThat(folder.resolve("release.yaml")).doesNotExist();
    }

    private void files() throws IOException {
        Files.writeString(folder.resolve("VERSION"), "1.0.0\n");
        Files.writeString(folder.resolve("job.yaml"), "image: tool:v1.0.0-3\n");
        Files.writeString(folder.resolve("dependencies.yaml"), """
                dependencies:
                - name: tool
                  version: 1.0.0
                  refPaths: [{path: VERSION}]
                - {name: image, version: v1.0.0-3, refPaths: [{path: job.yaml, match: tool}]}
                """);
        Files.writeString(folder.resolve("release.yaml"), """
                repository: team/tool
                versions:
                  entries: [{name: tool}, {name: image, version: "{{imageTag}}"}]
                """);
    }

    private Ran kpromo(String command, String... words) {
        List<String> all = new ArrayList<>(List.of("release", command));
        all.addAll(List.of(words));
        all.addAll(List.of("--base-path", folder.toString()));
        return Ran.kpromo(all.toArray(String[]::new));
    }
}
