// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One repository, however it is spelled; and what only looks like it.
final class SourceNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "github.com/org/repo",
                "github.com/org/repo/",
                "GitHub.com/org/repo",
                "https://github.com/org/repo",
                "https://github.com/org/repo.git",
                "git+https://github.com/org/repo",
                "git+https://github.com/org/repo@refs/heads/main",
                "git+https://github.com/org/repo.git@refs/tags/@scope/v1@2",
                "https://github.com/org/repo.git#refs/heads/main",
                "https://github.com/org/repo?x=y",
                "https://user@github.com/org/repo",
                "ssh://git@github.com/org/repo.git",
                "git+ssh://git@github.com/org/repo",
                "git@github.com:org/repo.git"
            })
    void theseAreTheSame(String spelling) {
        assertThat(SourceName.of(spelling)).isEqualTo("github.com/org/repo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "github.com",
                "github.com/org",
                "github.com/org/repo2",
                "github.com/org/repo/sub",
                "github.com/Org/repo",
                "https://github.com/org/repo-evil",
                "https://github.com.evil.example/org/repo",
                "https://evil.example/github.com/org/repo",
                "https://github.com@evil.example/org/repo",
                "https://evil.example/?github.com/org/repo",
                "https://evil.example#github.com/org/repo",
                "https://github.com%2forg/repo",
                "http://github.com/org/repo",
                "git://github.com/org/repo",
                "file:///github.com/org/repo",
                "https://https://github.com/org/repo",
                "github.com:8443/org/repo"
            })
    void theseAreOthers(String spelling) {
        assertThat(SourceName.of(spelling)).isNotEqualTo("github.com/org/repo");
    }
}
