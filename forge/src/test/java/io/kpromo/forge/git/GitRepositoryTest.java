// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.RefName;
import io.kpromo.forge.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real repositories on disk; what is written is read by the program git, too.
class GitRepositoryTest {
    private static final RefName MAIN = new RefName("main");
    private static final RefName TAG = new RefName("v1.0.0");
    private static final Author ALICE = new Author("Alice", "alice@example.com");
    private static final Instant WHEN = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aFolderOutsideOfAnyRepositoryHasNone() {
        // The build's own folder may lie in a repository: a file system's root does not.
        assertThat(GitRepository.around(folder.getRoot())).isEmpty();
    }

    @Test
    void changesAreWhatGitWouldCommit() throws Exception {
        try (GitRepository git = begun()) {
            assertThat(git.changes()).isEmpty();
            Files.writeString(folder.resolve("a.txt"), "changed");
            Files.createDirectories(folder.resolve("sub"));
            Files.writeString(folder.resolve("sub/new.txt"), "new");
            assertThat(git.changes()).containsExactly("a.txt", "sub/new.txt");
        }
        try (GitRepository inside = GitRepository.around(folder.resolve("sub")).orElseThrow()) {
            assertThat(inside.folder().toRealPath()).isEqualTo(folder.toRealPath());
            assertThat(inside.checkedOut()).contains(MAIN);
        }
    }

    @Test
    void objectsWithLongerNamesAreToldRatherThanMisread() throws Exception {
        run("git", "init", "-q", "--object-format=sha256", ".");
        run("git", "remote", "add", "origin", "https://git.example/a/b.git");
        run("git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x");
        try (GitRepository git = GitRepository.around(folder).orElseThrow()) {
            assertThat(git.remote("origin")).contains("https://git.example/a/b.git");
            assertThatThrownBy(git::head).hasMessageContaining("names its objects by SHA-256");
            assertThatThrownBy(git::changes).hasMessageContaining("names its objects by SHA-256");
        }
    }

    @Test
    void anAnnotatedTagIsFoundByItsCommitAndNeverMoved() throws Exception {
        try (GitRepository git = begun()) {
            CommitId head = git.head().orElseThrow();
            set(git, "tag", "gpgSign", "false");
            git.createTag(TAG, head, "Release v1.0.0", ALICE, WHEN);
            assertThat(git.tag(TAG)).contains(head);
            assertThat(git.tags()).containsExactly(TAG);
            assertThat(run("git", "for-each-ref", "--format=%(objecttype) %(taggername) %(subject)", "refs/tags"))
                    .isEqualTo("tag Alice Release v1.0.0\n");
            assertThatThrownBy(() -> git.createTag(TAG, head, "again", ALICE, WHEN))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("v1.0.0");
        }
    }

    @Test
    void aTagIsSignedAsGitIsSetUpToAndGitVerifiesIt() throws Exception {
        try (GitRepository git = begun()) {
            Path key = folder.resolveSibling(folder.getFileName() + "-key");
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "alice@example.com", "-f", key.toString());
            set(git, "tag", "gpgSign", "true");
            set(git, "gpg", "format", "ssh");
            set(git, "user", "signingKey", key.toString());
            git.createTag(TAG, git.head().orElseThrow(), "Release v1.0.0", ALICE, WHEN);
            Path signers = folder.resolveSibling(folder.getFileName() + "-signers");
            Files.writeString(signers, "alice@example.com " + Files.readString(Path.of(key + ".pub")));
            run("git", "-c", "gpg.ssh.allowedSignersFile=" + signers, "tag", "-v", "v1.0.0");
            assertThat(run("git", "cat-file", "tag", "v1.0.0")).contains("-----BEGIN SSH SIGNATURE-----");
        }
    }

    @Test
    void aSignatureThatFailsLeavesNoTag() throws Exception {
        try (GitRepository git = begun()) {
            set(git, "tag", "gpgSign", "true");
            set(git, "gpg", "program", "false");
            set(git, "user", "signingKey", "0123456789ABCDEF");
            assertThatThrownBy(() -> git.createTag(TAG, git.head().orElseThrow(), "Release v1.0.0", ALICE, WHEN))
                    .hasMessageContaining("the tag cannot be signed: false ended with 1");
            assertThat(git.tags()).isEmpty();
        }
    }

    @Test
    void namesThatGitDoesNotKnowAreNothingRatherThanAnError() throws Exception {
        try (GitRepository git = begun()) {
            for (String name : List.of("nothing", "a..b", "^{}", "@{-1}", "", "refs/heads/none", "$(id)")) {
                assertThat(git.commit(name)).as(name).isEmpty();
            }
            assertThatThrownBy(() -> git.between("nothing", "main")).hasMessageContaining("has no nothing");
        }
    }

    private GitRepository begun() throws Exception {
        GitRepository git = GitRepository.create(folder, MAIN, false);
        git.begin(MAIN, List.of(SourceFile.of("a.txt", "a")), "Begin", ALICE, WHEN);
        run("git", "reset", "-q", "--hard");
        return git;
    }

    private static void set(GitRepository git, String section, String key, String value) throws Exception {
        try (Repository repository = git.inside()) {
            repository.incrementOpen();
            FileBasedConfig config = (FileBasedConfig) repository.getConfig();
            config.setString(section, null, key, value);
            config.save();
        }
    }

    private String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", List.of(command), said).isZero();
        return said;
    }
}
