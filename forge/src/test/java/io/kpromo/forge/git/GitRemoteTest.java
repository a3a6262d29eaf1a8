// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.SourceFile;
import io.kpromo.oci.auth.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GitRemoteTest {
    private static final RefName MAIN = new RefName("main");
    private static final RefName CHANGE = new RefName("change");
    private static final Author ALICE = new Author("Alice", "alice@example.com");
    private static final Instant WHEN = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    private GitRemote upstream;
    private CommitId newest;

    @BeforeEach
    void aRepositoryWithAPast() {
        Path place = folder.resolve("up.git");
        try (GitRepository git = GitRepository.create(place, MAIN, true)) {
            CommitId at = git.begin(MAIN, List.of(SourceFile.of("a", "0")), "Begin", ALICE, WHEN);
            for (int i = 1; i <= 3; i++) {
                at = git.write(change(MAIN, Optional.of(at), at, "a", "" + i), ALICE, WHEN);
            }
            newest = at;
        }
        upstream = GitRemote.of(place.toUri().toString(), Optional.empty(), Map.of());
    }

    @Test
    void anAddressIsOfAForgeOnlyWithTheSameSchemeHostAndPort() {
        URI page = URI.create("https://git.example/team/app");
        assertThat(GitRemote.isBeside(page, "https://GIT.example/team/app.git")).isTrue();
        assertThat(GitRemote.isBeside(page, "https://somebody@git.example/other"))
                .isTrue();
        assertThat(GitRemote.isBeside(page, "http://git.example/team/app.git")).isFalse();
        assertThat(GitRemote.isBeside(page, "https://git.example:8443/team/app.git"))
                .isFalse();
        assertThat(GitRemote.isBeside(page, "https://git.example.evil.example/team/app.git"))
                .isFalse();
        assertThat(GitRemote.isBeside(page, "https://git.example@evil.example/team/app.git"))
                .isFalse();
        assertThat(GitRemote.isBeside(page, "git@git.example:team/app.git")).isFalse();
        assertThat(GitRemote.isBeside(page, "/srv/git.example/app.git")).isFalse();
        assertThat(GitRemote.isBeside(URI.create("file:///srv/app"), "file:///srv/app.git"))
                .isFalse();
    }

    @Test
    void aShallowCloneHasTheNewestCommitAndNothingBefore() {
        try (GitRepository clone = GitRepository.shallowClone(upstream, MAIN, folder.resolve("clone"))) {
            assertThat(clone.branch(MAIN)).contains(newest);
            assertThat(clone.file(newest, "a")).contains(SourceFile.of("a", "3"));
            assertThat(clone.commit(newest + "~1")).isEmpty();
        }
        assertThatThrownBy(() -> GitRepository.shallowClone(upstream, CHANGE, folder.resolve("other")))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("cannot clone branch change of file:");
    }

    @Test
    void aPushWantsTheBranchAsItWasSeen() {
        try (GitRepository clone = GitRepository.shallowClone(upstream, MAIN, folder.resolve("clone"));
                GitRepository up = GitRepository.bare(folder.resolve("up.git"))) {
            CommitId first = clone.write(change(CHANGE, Optional.empty(), newest, "b", "1"), ALICE, WHEN);
            clone.push(upstream, CHANGE, Optional.empty());
            assertThat(up.branch(CHANGE)).contains(first);
            CommitId second = clone.write(change(CHANGE, Optional.of(first), newest, "b", "2"), ALICE, WHEN);
            assertThatThrownBy(() -> clone.push(upstream, CHANGE, Optional.empty()))
                    .isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> clone.push(upstream, CHANGE, Optional.of(newest)))
                    .isInstanceOf(ConflictException.class);
            assertThat(up.branch(CHANGE)).contains(first);
            clone.push(upstream, CHANGE, Optional.of(first));
            assertThat(up.branch(CHANGE)).contains(second);
        }
    }

    @Test
    void aTagIsPushedOnceAndNeverReplaced() {
        RefName tag = new RefName("v1.0.0");
        try (GitRepository clone = GitRepository.shallowClone(upstream, MAIN, folder.resolve("clone"));
                GitRepository up = GitRepository.bare(folder.resolve("up.git"))) {
            clone.createTag(tag, newest, "One", ALICE, WHEN);
            clone.pushTag(upstream, tag);
            clone.pushTag(upstream, tag);
            assertThat(up.tag(tag)).contains(newest);
        }
        try (GitRepository other = GitRepository.shallowClone(upstream, MAIN, folder.resolve("other"))) {
            other.createTag(tag, newest, "Another one", ALICE, WHEN);
            assertThatThrownBy(() -> other.pushTag(upstream, tag)).isInstanceOf(ConflictException.class);
        }
    }

    @Test
    void sshIsTheProgramThatTheUserHasAndSeesTheAddressAsWords() throws Exception {
        Path ssh = folder.resolve("ssh");
        Path words = folder.resolve("words");
        // Answers as the other side's shell would, for the repository of this test.
        Files.writeString(ssh, """
            #!/bin/sh
            echo "$1|$2" >> '%s'
            command=${2%%%% *}
            exec git "${command#git-}" '%s'
            """.formatted(words, folder.resolve("up.git")));
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
        GitRemote remote =
                GitRemote.ofPageBySsh(URI.create("https://git.example/team/up"), Map.of("GIT_SSH", ssh.toString()));
        try (GitRepository clone = GitRepository.shallowClone(remote, MAIN, folder.resolve("clone"))) {
            assertThat(clone.branch(MAIN)).contains(newest);
            clone.write(change(CHANGE, Optional.empty(), newest, "b", "1"), ALICE, WHEN);
            clone.push(remote, CHANGE, Optional.empty());
        }
        assertThat(Files.readAllLines(words))
                .containsExactly(
                        "git@git.example|git-upload-pack '/team/up.git'",
                        "git@git.example|git-receive-pack '/team/up.git'");
    }

    @Test
    void aTokenGoesToItsOwnHostOverHttpsAndToNobodyElse() throws Exception {
        HostToken token = new HostToken("https://git.example/a/b.git", Secret.of("s3cret"));
        assertThat(asked(token, "https://git.example/a/b.git/info/refs")).isEqualTo("s3cret");
        assertThat(asked(token, "https://evil.example/a/b.git")).isEmpty();
        assertThat(asked(token, "https://git.example:8443/a/b.git")).isEmpty();
        assertThat(asked(token, "http://git.example/a/b.git")).isEmpty();
        HostToken plain = new HostToken("http://git.example/a/b.git", Secret.of("s3cret"));
        assertThat(asked(plain, "http://git.example/a/b.git")).isEmpty();
        HostToken local = new HostToken("http://127.0.0.1:3000/a/b.git", Secret.of("s3cret"));
        assertThat(asked(local, "http://127.0.0.1:3000/a/b.git")).isEqualTo("s3cret");
    }

    @Test
    void addressesCannotBecomeFlagsAndShowNoPasswords() {
        assertThatThrownBy(() -> GitRemote.of("ssh://-oProxyCommand=x/a", Optional.empty(), Map.of()))
                .isInstanceOf(GitException.class);
        assertThatThrownBy(() -> GitRemote.of("ssh://-l@host/a", Optional.empty(), Map.of()))
                .isInstanceOf(GitException.class);
        assertThat(GitRemote.of("https://me:secret@host/a", Optional.empty(), Map.of()))
                .hasToString("https://host/a");
    }

    @Test
    void whoCommitsIsFoundInTheEnvironmentFirst() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path nowhere = folder.getRoot();
        assertThat(GitSettings.author(Map.of("HOME", home.toString()), nowhere)).isEmpty();
        Files.writeString(home.resolve(".gitconfig"), "[user]\n\tname = Home\n\temail = home@example.com\n");
        assertThat(GitSettings.author(Map.of("HOME", home.toString()), nowhere))
                .contains(new Author("Home", "home@example.com"));
        assertThat(GitSettings.author(Map.of("HOME", home.toString(), "GIT_COMMITTER_NAME", "Env"), nowhere))
                .contains(new Author("Env", "home@example.com"));
        assertThat(GitSettings.author(Map.of("HOME", home.toString(), "GIT_CONFIG_GLOBAL", "/dev/null"), nowhere))
                .isEmpty();
        try (GitRepository git = GitRepository.create(folder.resolve("work"), MAIN, false)) {
            git.inside().getConfig().setString("user", null, "email", "work@example.com");
            ((org.eclipse.jgit.storage.file.FileBasedConfig) git.inside().getConfig()).save();
        }
        assertThat(GitSettings.author(Map.of("HOME", home.toString()), folder.resolve("work")))
                .contains(new Author("Home", "work@example.com"));
    }

    @Test
    void aDiffReadsAsGitShowsIt() {
        assertThat(UnifiedDiff.of("a/b", "1\n2\n", "1\n3\n"))
                .isEqualTo("--- a/a/b\n+++ b/a/b\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n");
        assertThat(UnifiedDiff.of("a", "", "x\n")).startsWith("--- /dev/null\n+++ b/a\n@@ ");
        assertThat(UnifiedDiff.of("a", "x", "x")).isEmpty();
    }

    private static String asked(HostToken token, String address) throws Exception {
        CredentialItem.Username name = new CredentialItem.Username();
        CredentialItem.Password password = new CredentialItem.Password();
        return token.get(new URIish(address), name, password) ? new String(password.getValue()) : "";
    }

    private static NewCommit change(
            RefName branch, Optional<CommitId> over, CommitId parent, String path, String text) {
        return new NewCommit(
                branch, over, Optional.empty(), parent, List.of(SourceFile.of(path, text)), "Change", Optional.empty());
    }
}
