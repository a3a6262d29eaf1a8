// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.cli.terminal.Console;
import io.kpromo.forge.Forge;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.forge.gitea.GiteaForge;
import io.kpromo.forge.github.GitHubForge;
import io.kpromo.forge.gitlab.GitLabForge;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgesTest {
    private static Forge open(Map<String, String> environment, String typed, String filed) {
        Root root = root(environment);
        try (Session session = new Access(root).open()) {
            return new Forges(root, session).open(typed, filed);
        }
    }

    private static Root root(Map<String, String> environment) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(environment, InputStream.nullInputStream(), nowhere, nowhere, false);
        return new Root(console, Interrupt.none(), List.of());
    }

    @Test
    void everybodysGitHubIsMeantWhereNothingIsSaid() {
        assertThat(open(Map.of(), "", "")).isInstanceOf(GitHubForge.class);
        assertThat(open(Map.of(), "", "").name()).isEqualTo("github.com");
        assertThat(open(Map.of("GITHUB_API_URL", "https://git.example/api/v3"), "", "")
                        .name())
                .isEqualTo("git.example");
    }

    @Test
    void theAddressTellsTheKind(@TempDir Path folder) {
        assertThat(open(Map.of(), "gitlab", "")).isInstanceOf(GitLabForge.class);
        assertThat(open(Map.of(), "", "https://codeberg.org")).isInstanceOf(GiteaForge.class);
        assertThat(open(Map.of(), "folder=" + folder, "")).isInstanceOf(FolderForge.class);
    }

    @Test
    void aFileOfARepositorySendsNoTokenElsewhere() {
        for (String forge : List.of("github=https://evil.example", "gitlab=https://evil.example")) {
            Map<String, String> environment = Map.of("GITHUB_TOKEN", "s3cret", "GITLAB_TOKEN", "s3cret");
            assertThatThrownBy(() -> open(environment, "", forge))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("is named by a file")
                    .hasMessageNotContaining("s3cret");
        }
        Map<String, String> meant = Map.of("GITLAB_TOKEN", "s3cret", "GITLAB_API_URL", "https://git.example/api/v4");
        assertThat(open(meant, "", "gitlab=https://git.example").name()).isEqualTo("git.example");
        assertThat(open(Map.of("GITLAB_TOKEN", "s3cret"), "gitlab=https://git.example", "")
                        .name())
                .isEqualTo("git.example");
        assertThat(open(Map.of(), "", "gitlab=https://git.example").name()).isEqualTo("git.example");
    }

    @Test
    void whatIsNoAddressIsAMistakeInUse() {
        assertThatThrownBy(() -> open(Map.of(), "https://git.example", ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("KIND=https://HOST");
        assertThatThrownBy(() -> open(Map.of("GITHUB_API_URL", "nonsense"), "", ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("GITHUB_API_URL is no address");
    }

    @Test
    void aTokenMayEndWithALineAndHoldsNothingElse() {
        assertThat(token("ghp_s3cret\n")).isEqualTo("ghp_s3cret");
        for (String broken : List.of("ghp s3cret", "ghp_\ns3cret", "ghp_s3cr\u00e9t", " \n")) {
            assertThatThrownBy(() -> token(broken))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("what GITHUB_TOKEN holds is no token")
                    .hasMessageNotContaining("s3c");
        }
    }

    private static String token(String variable) {
        Root root = root(Map.of("GITHUB_TOKEN", variable));
        try (Session session = new Access(root).open()) {
            return new Forges(root, session).needed("", "").orElseThrow().reveal();
        }
    }
}
