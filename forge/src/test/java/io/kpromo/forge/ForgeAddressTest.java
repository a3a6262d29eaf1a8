// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.InvalidNameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeAddressTest {
    @ParameterizedTest
    @CsvSource({
        "github, github=https://api.github.com",
        "https://github.com, github=https://api.github.com",
        "https://api.github.com/, github=https://api.github.com",
        "https://github.example, github=https://github.example/api/v3",
        "https://git.example/api/v3, github=https://git.example/api/v3",
        "github=https://api.corp.ghe.com, github=https://api.corp.ghe.com",
        "gitlab, gitlab=https://gitlab.com/api/v4",
        "https://gitlab.com, gitlab=https://gitlab.com/api/v4",
        "https://gitlab.example:8443/, gitlab=https://gitlab.example:8443/api/v4",
        "gitlab=https://git.example/scm, gitlab=https://git.example/scm/api/v4",
        "https://codeberg.org, gitea=https://codeberg.org/api/v1",
        "forgejo=https://git.example, gitea=https://git.example/api/v1",
        "https://git.example/api/v1, gitea=https://git.example/api/v1",
        "folder=/srv/forge, folder=file:///srv/forge",
    })
    void addressesForPeopleAndOfTheApiAreTheSame(String written, String meant) {
        assertThat(ForgeAddress.of(written)).hasToString(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://git.example",
                "gitea",
                "folder=",
                "svn=https://x.example",
                "ssh://github.com",
                "https://",
                "https://github.com?x=y"
            })
    void whatNamesNoForgeIsRefused(String written) {
        assertThatThrownBy(() -> ForgeAddress.of(written)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void aPasswordInAnAddressIsNotToldAgain() {
        assertThatThrownBy(() -> ForgeAddress.of("https://me:hunter2@github.com"))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageNotContaining("hunter2");
    }
}
