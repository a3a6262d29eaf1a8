// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginAddressTest {
    @Test
    void everyWayToWriteARemoteTellsTheRepository() {
        for (String remote : List.of(
                "git@git.example.org:team/tool.git",
                "git.example.org:team/tool",
                "git@git.example.org:/team/tool.git/",
                "ssh://git@git.example.org:2222/team/tool.git",
                "https://git.example.org/team/tool",
                "https://me:p@ss@git.example.org:8443/team/tool.git/",
                "git://git.example.org/team/tool.git")) {
            assertThat(OriginAddress.of(remote)).as(remote).contains(new OriginAddress("git.example.org", "team/tool"));
        }
        assertThat(OriginAddress.of("git@gitlab.com:group/sub/tool.git"))
                .contains(new OriginAddress("gitlab.com", "group/sub/tool"));
    }

    @Test
    void aFolderIsKnownByItsLastTwoNames() {
        for (String remote : List.of(
                "/srv/git/team/tool.git", "../team/tool", "file:///srv/team/tool.git/", "C:\\git\\team\\tool")) {
            assertThat(OriginAddress.of(remote)).as(remote).contains(new OriginAddress("", "team/tool"));
        }
        assertThat(OriginAddress.of("tool.git")).isEmpty();
        assertThat(OriginAddress.of("")).isEmpty();
    }
}
