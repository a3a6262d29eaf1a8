// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.fake.FakeGitHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Releases, their files, and texts that are too long.
class GitHubReleasesTest extends GitHubScene {
    @Test
    void textsThatGitHubWouldNotKeepAreRefusedBeforehand() {
        String long1 = "x".repeat(65_537);
        GitHubForge forge = forge("t");
        assertThatThrownBy(() -> forge.issues(HOME).create(new NewIssue("T", long1, List.of(), List.of())))
                .hasMessageContaining("65537 characters")
                .hasMessageContaining("GitHub keeps 65536");
        assertThatThrownBy(() -> forge.releases(HOME)
                        .create(new NewRelease(new RefName("v1"), first, "T", "x".repeat(125_001), true, false)))
                .hasMessageContaining("GitHub keeps 125000");
        assertThat(gitHub.sent()).isEmpty();
    }

    @Test
    void draftsOfAPageFurtherOnAreFound() throws InterruptedException {
        GitHubForge forge = forge("t");
        RefName tag = new RefName("v0");
        Release draft = forge.releases(HOME).create(new NewRelease(tag, first, "T", "", true, false));
        for (int i = 1; i <= 100; i++) {
            forge.releases(HOME).create(new NewRelease(new RefName("v" + i), first, "T", "", false, false));
        }
        assertThat(forge.releases(HOME).of(tag)).contains(draft);
    }

    @Test
    void filesGoNowhereButToGitHub(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "content");
        GitHubForge forge = forge("t");
        Release release = forge.releases(HOME).create(new NewRelease(new RefName("v1"), first, "T", "", true, false));
        try (FakeGitHub stranger = new FakeGitHub()) {
            gitHub.uploadTo(stranger.address().toString());
            assertThatThrownBy(() -> forge.releases(HOME).upload(release, "f", "text/plain", file))
                    .isInstanceOf(ForgeException.class)
                    .hasMessageContaining("nothing is sent there");
            assertThat(stranger.sent()).isEmpty();
        }
    }
}
