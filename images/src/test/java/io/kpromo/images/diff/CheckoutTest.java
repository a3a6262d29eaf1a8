// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.trust.statement.ManifestOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
    @TempDir
    Path folder;

    @Test
    void aCommittedFileIsNamedByRepositoryPathAndCommit() throws Exception {
        try (Git git = repository("https://robot:s3cret@github.com/kubernetes/k8s.io.git")) {
            Path file = commit(git, "registry/images.yaml");
            assertThat(Checkout.origin(file, Map.of()))
                    .isEqualTo(new ManifestOrigin(
                            "registry/images.yaml",
                            Optional.of("git+https://github.com/kubernetes/k8s.io"),
                            Optional.ofNullable(git.getRepository().resolve("HEAD"))
                                    .map(ObjectId::name)));
        }
    }

    @Test
    void aFileThatWasChangedSinceIsInNoCommit() throws Exception {
        try (Git git = repository("https://github.com/kubernetes/k8s.io")) {
            Path file = commit(git, "images.yaml");
            Files.writeString(file, "another");
            assertThat(Checkout.origin(file, Map.of()).gitCommit()).isEmpty();
            Path fresh = Files.writeString(folder.resolve("new.yaml"), "new");
            assertThat(Checkout.origin(fresh, Map.of()).gitCommit()).isEmpty();
        }
    }

    @Test
    void withoutARemoteAJobOfProwTellsTheRepository() throws Exception {
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            Path file = commit(git, "images.yaml");
            assertThat(Checkout.origin(file, Map.of()).uri()).isEmpty();
            assertThat(Checkout.origin(file, Map.of("REPO_OWNER", "kubernetes", "REPO_NAME", "k8s.io"))
                            .uri())
                    .contains("git+https://github.com/kubernetes/k8s.io");
        }
    }

    @Test
    void aFileOutsideOfGitHasItsNameAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("m.yaml"), "x");
        assertThat(Checkout.origin(file, Map.of()))
                .isEqualTo(new ManifestOrigin(file.toString(), Optional.empty(), Optional.empty()));
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
