// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Issue;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fault.FailingForge;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.forge.github.GitHubForge;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is asked of a forge that stands behind a memory.
@Timeout(60)
class RememberingForgeTest {
    private static final Slug HOME = Slug.of("team/app");
    private static final Slug OTHER = Slug.of("team/other");
    private static final RefName MAIN = new RefName("main");
    private static final RefName V1 = new RefName("v1");

    @TempDir
    Path folder;

    private FolderForge real;
    private CommitId first;

    @BeforeEach
    void start() throws InterruptedException {
        real = new FolderForge(folder, "alice", InstantSource.system());
        first = real.create(HOME, List.of(SourceFile.of("a", "1")));
        real.create(OTHER, List.of(SourceFile.of("a", "1")));
    }

    @Test
    void aThingIsAskedOnceAlsoWhereThereIsNone() throws InterruptedException {
        FailingForge counted = FailingForge.never();
        Forge forge = new RememberingForge(counted.before(real));
        for (int i = 0; i < 3; i++) {
            assertThat(forge.user()).isEqualTo("alice");
            assertThat(forge.sources(HOME).branch(MAIN)).contains(first);
            assertThat(forge.sources(HOME).tag(MAIN)).isEmpty();
            assertThat(forge.sources(HOME).branch(V1)).isEmpty();
            assertThat(forge.sources(OTHER).tag(MAIN)).isEmpty();
        }
        assertThat(counted.asked())
                .containsExactly(".user", "sources.branch", "sources.tag", "sources.branch", "sources.tag");
    }

    @Test
    void whatIsChangedIsAskedAnewAndWhatIsSaidOfOtherRepositoriesStays() throws InterruptedException {
        FailingForge counted = FailingForge.never();
        Forge forge = new RememberingForge(counted.before(real));
        assertThat(forge.sources(HOME).tag(V1)).isEmpty();
        assertThat(forge.sources(OTHER).tag(V1)).isEmpty();

        forge.sources(HOME).createTag(V1, first, "One", Optional.empty());

        assertThat(forge.sources(HOME).tag(V1)).contains(first);
        assertThat(forge.sources(OTHER).tag(V1)).isEmpty();
        assertThat(counted.asked()).containsExactly("sources.tag", "sources.tag", "sources.createTag", "sources.tag");
    }

    @Test
    void aChangeWhoseAnswerGotLostIsLookedForAnew() throws InterruptedException {
        FailingForge broken = FailingForge.at(2, FailingForge.When.AFTER);
        Forge forge = new RememberingForge(broken.before(real));
        assertThat(forge.issues(HOME).titled("T")).isEmpty();
        assertThatThrownBy(() -> forge.issues(HOME).create(new NewIssue("T", "", List.of(), List.of())))
                .isInstanceOf(ForgeException.class);
        assertThat(forge.issues(HOME).titled("T")).extracting(Issue::title).containsExactly("T");
    }

    @Test
    void whatOthersDoIsSeenOnceAllIsForgotten() throws InterruptedException {
        RememberingForge forge = new RememberingForge(real);
        assertThat(forge.sources(HOME).branch(MAIN)).contains(first);
        CommitId second = real.commit(HOME, MAIN, List.of(SourceFile.of("a", "2")), "Two", new Author("C", "c@d"));
        assertThat(forge.sources(HOME).branch(MAIN)).contains(first);
        forge.forget();
        assertThat(forge.sources(HOME).branch(MAIN)).contains(second);
    }

    @Test
    void aRefusalIsNotRemembered() throws InterruptedException {
        FailingForge broken = FailingForge.at(1, FailingForge.When.BEFORE);
        Forge forge = new RememberingForge(broken.before(real));
        assertThatThrownBy(() -> forge.sources(HOME).branch(MAIN)).hasMessageContaining("does not answer");
        assertThat(forge.sources(HOME).branch(MAIN)).contains(first);
    }

    @Test
    void aForgeThatCannotBeReachedIsTriedOnceUntilThatIsForgotten() throws Exception {
        try (HttpTransport transport =
                HttpTransport.open(TransportOptions.standard().withTries(1))) {
            FailingForge counted = FailingForge.never();
            RememberingForge forge = new RememberingForge(counted.before(
                    new GitHubForge(transport, nobody(), Optional.empty(), LimitListener.none(), Time.system())));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> forge.sources(HOME).branch(MAIN))
                        .isInstanceOf(ForgeException.class)
                        .hasMessageContaining("no connection");
                assertThatThrownBy(() -> forge.issues(OTHER).get(1)).hasMessageContaining("no connection");
            }
            assertThat(counted.asked()).containsExactly("sources.branch");
            forge.forget();
            assertThatThrownBy(() -> forge.issues(OTHER).get(1)).hasMessageContaining("no connection");
            assertThat(counted.asked()).containsExactly("sources.branch", "issues.get");
        }
    }

    /// An address of this machine at which nobody listens.
    private static URI nobody() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
    }
}
