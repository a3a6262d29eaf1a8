// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.yaml.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseConfigsTest {
    @TempDir
    Path folder;

    @Test
    void aConfigurationNamesReleasesAndWhereTheyGo() throws IOException {
        List<ReleaseConfig> all = read("""
            releaseConfigs:
            - org: kubernetes-sigs
              repo: cri-tools
              tags: [v1.30.0, v1.31.0]
              gcsBucket: k8s-artifacts-cri-tools
              releaseDir: release
            - org: containernetworking
              repo: plugins
              includePrereleases: true
              gcsBucket: s3://mirror/cni
            """, false);
        assertThat(all).hasSize(2);
        assertThat(all.getFirst().repository()).hasToString("kubernetes-sigs/cri-tools");
        assertThat(all.getFirst().tags()).containsExactly("v1.30.0", "v1.31.0");
        assertThat(all.getFirst().destination().orElseThrow()).hasToString("gs://k8s-artifacts-cri-tools/release");
        assertThat(all.getLast().prereleases()).isTrue();
        assertThat(all.getLast().destination().orElseThrow()).hasToString("s3://mirror/cni");
    }

    @Test
    void whoOnlyDownloadsNeedsNoBucket() throws IOException {
        assertThat(read("releaseConfigs: [{org: o, repo: r}]", true).getFirst().destination())
                .isEmpty();
    }

    @Test
    void aTagIsWhatWasWrittenAlsoWhereItLooksLikeANumber() throws IOException {
        assertThat(read("releaseConfigs: [{org: o, repo: r, tags: [1.10, 20261124]}]", true)
                        .getFirst()
                        .tags())
                .containsExactly("1.10", "20261124");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "releaseConfig: []|1:1: unknown key \"releaseConfig\"; did you mean \"releaseConfigs\"?",
                "releaseConfigs: [{org: o, repo: r, bucket: b, gcsBucket: b}]|1:36: unknown key \"bucket\"",
                "releaseConfigs: [{repo: r, gcsBucket: b}]|1:18: a release configuration without org",
                "releaseConfigs: [{org: o, repo: r}]|1:18: a release configuration without gcsBucket",
                "releaseConfigs: [{org: o, repo: ../r, gcsBucket: b}]|1:18: invalid repository name",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, releaseDir: ../x}]|1:18: invalid base",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, includePrereleases: yes}]|1:",
                "releaseConfigs: []|names no releases",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, tags: ['']}]|1:57: invalid branch or tag",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, tags: [v1, ' ']}]|1:61: invalid branch or tag",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, tags: [~]}]|1:57: invalid branch or tag",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, tags: [a b]}]|1:57: invalid branch or tag",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, tags: [../x]}]|1:57: invalid branch or tag",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, tags: [[v1]]}]|1:57: a tag: want text, found a list",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, tags: v1}]|1:56: tags: want a list, found",
                "releaseConfigs: [{org: o, repo: r, gcsBucket: b, tags: }]|tags: want a list, found nothing",
            })
    void whatIsWrongIsToldWithItsPlace(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml, false))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .anySatisfy(
                                        found -> assertThat(found.toString()).contains(problem)));
    }

    private List<ReleaseConfig> read(String yaml, boolean downloadOnly) throws IOException {
        return ReleaseConfigs.read(Files.writeString(folder.resolve("releases.yaml"), yaml), downloadOnly);
    }
}
