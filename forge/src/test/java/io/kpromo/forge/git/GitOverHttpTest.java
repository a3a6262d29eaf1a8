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
import io.kpromo.forge.fake.GitOverHttp;
import io.kpromo.oci.auth.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clones and pushes over smart HTTP, with git itself on the other side.
@Timeout(120)
class GitOverHttpTest {
    private static final RefName MAIN = new RefName("main");
    private static final RefName CHANGE = new RefName("change");
    private static final Author ALICE = new Author("Alice", "alice@example.com");
    private static final Instant WHEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final String TOKEN = "gh-s3cret-token";

    @TempDir
    private Path folder;

    private GitOverHttp server;
    private CommitId first;

    @BeforeEach
    void start() throws Exception {
        try (GitRepository up = GitRepository.create(folder.resolve("git/team/up.git"), MAIN, true)) {
            first = up.begin(MAIN, List.of(SourceFile.of("a", "1")), "Begin", ALICE, WHEN);
        }
        server = new GitOverHttp(folder.resolve("git"), TOKEN);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private GitRemote remote(String token) {
        return GitRemote.ofPage(URI.create(server.address() + "/team/up"), Optional.of(Secret.of(token)));
    }

    private GitRepository cloned() {
        return GitRepository.shallowClone(remote(TOKEN), MAIN, folder.resolve("clone"));
    }

    private static NewCommit change(Optional<CommitId> over, CommitId parent, String text) {
        return new NewCommit(
                CHANGE, over, Optional.empty(), parent, List.of(SourceFile.of("b", text)), "Change", Optional.empty());
    }

    @Test
    void aBranchIsClonedChangedAndPushedWithTheToken() {
        try (GitRepository clone = cloned();
                GitRepository up = GitRepository.bare(folder.resolve("git/team/up.git"))) {
            assertThat(clone.branch(MAIN)).contains(first);
            CommitId made = clone.write(change(Optional.empty(), first, "1"), ALICE, WHEN);
            clone.push(remote(TOKEN), CHANGE, Optional.empty());
            assertThat(up.branch(CHANGE)).contains(made);
            assertThat(up.file(made, "b")).contains(SourceFile.of("b", "1"));
            clone.write(change(Optional.of(made), made, "2"), ALICE, WHEN);
            assertThatThrownBy(() -> clone.push(remote(TOKEN), CHANGE, Optional.empty()))
                    .isInstanceOf(ConflictException.class);
        }
        String basic = Base64.getEncoder().encodeToString(("x-access-token:" + TOKEN).getBytes(StandardCharsets.UTF_8));
        assertThat(server.seen())
                .extracting(GitOverHttp.Seen::authorization)
                .containsOnly("", "Basic " + basic)
                .contains("Basic " + basic);
        assertThat(server.seen()).extracting(GitOverHttp.Seen::target).noneMatch(target -> target.contains(TOKEN));
    }

    @Test
    void aTokenThatIsWrongIsNotShown() {
        assertThatThrownBy(() -> GitRepository.shallowClone(remote("hunter2-wrong"), MAIN, folder.resolve("clone")))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("cannot clone branch main of " + server.address() + "/team/up.git")
                .satisfies(refused -> assertThat(whole(refused)).doesNotContain("hunter2"));
    }

    @Test
    void aServerThatSendsElsewhereDoesNotSendTheTokenAlong() throws Exception {
        try (GitOverHttp stranger = new GitOverHttp(folder.resolve("git"), TOKEN)) {
            server.moveTo(stranger.address());
            refused(() -> GitRepository.shallowClone(remote(TOKEN), MAIN, folder.resolve("clone")));
            assertThat(stranger.seen()).isEmpty();
        }
    }

    @Test
    void aPushThatIsSentElsewhereDoesNotTakeTheTokenAlong() throws Exception {
        try (GitOverHttp stranger = new GitOverHttp(folder.resolve("git"), TOKEN);
                GitRepository clone = cloned()) {
            clone.write(change(Optional.empty(), first, "1"), ALICE, WHEN);
            server.moveTo(stranger.address());
            refused(() -> clone.push(remote(TOKEN), CHANGE, Optional.empty()));
            assertThat(stranger.seen()).isEmpty();
        }
    }

    private static void refused(ThrowableAssert.ThrowingCallable order) {
        assertThatThrownBy(order)
                .isInstanceOf(GitException.class)
                .hasMessageContaining("it sends to http://127.0.0.1:")
                .hasMessageContaining("which is not shown the token")
                .satisfies(refused -> assertThat(whole(refused)).doesNotContain(TOKEN));
    }

    /// With causes and all.
    private static String whole(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
