// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckoutTest {
    @TempDir
    Path folder;

    @Test
    void aCommittedFileIsNamedByRepositoryPathAndCommit() throws Exception {
        try (Git git = repository("https://robot:s3cret@github.com/kubernetes/k8s.io.git")) {
            Path file = commit(git, "registry/images.yaml");
            assertThat(Checkout.of(file, Map.of()))
                    .isEqualTo(new Checkout(
                            "registry/images.yaml",
                            Optional.of("git+https://github.com/kubernetes/k8s.io"),
                            Optional.of(git.getRepository().resolve("HEAD").name())));
        }
    }

    @Test
    void aFileThatWasChangedSinceIsInNoCommit() throws Exception {
        try (Git git = repository("https://github.com/kubernetes/k8s.io")) {
            Path file = commit(git, "images.yaml");
            Files.writeString(file, "another");
            assertThat(Checkout.of(file, Map.of()).commit()).isEmpty();
            Path fresh = Files.writeString(folder.resolve("new.yaml"), "new");
            assertThat(Checkout.of(fresh, Map.of()).commit()).isEmpty();
        }
    }

    @Test
    void withoutARemoteAJobOfProwTellsTheRepository() throws Exception {
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            Path file = commit(git, "images.yaml");
            assertThat(Checkout.of(file, Map.of()).uri()).isEmpty();
            assertThat(Checkout.of(file, Map.of("REPO_OWNER", "kubernetes", "REPO_NAME", "k8s.io"))
                            .uri())
                    .contains("git+https://github.com/kubernetes/k8s.io");
        }
    }

    @Test
    void aFileOutsideOfGitHasItsNameAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("m.yaml"), "x");
        assertThat(Checkout.of(file, Map.of()))
                .isEqualTo(new Checkout(file.toString(), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/a/b.git, git+https://github.com/a/b",
        "https://token@github.com/a/b, git+https://github.com/a/b",
        "https://u:p@git.example.com:8443/a/b/?access_token=t#t, git+https://git.example.com:8443/a/b",
        "git@github.com:a/b.git, git+https://github.com/a/b",
        "ssh://git@github.com:22/a/b.git, git+https://github.com/a/b",
    })
    void addressesAreShownWithoutCredentials(String remote, String shown) {
        assertThat(Checkout.shown(remote)).contains(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/git/a.git", "file:///srv/git/a.git", "../a"})
    void aPlaceOnThisMachineIsNoAddress(String remote) {
        assertThat(Checkout.shown(remote)).isEmpty();
    }

    private Git repository(String remote) throws Exception {
        Git git = Git.init().setDirectory(folder.toFile()).call();
        StoredConfig config = git.getRepository().getConfig();
        config.setString("remote", "origin", "url", remote);
        config.save();
        return git;
    }

    private Path commit(Git git, String name) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "some");
        git.add().addFilepattern(".").call();
        git.commit()
                .setSign(false)
                .setAuthor("a", "a@example.com")
                .setCommitter("a", "a@example.com")
                .setMessage("one")
                .call();
        return file;
    }
}
