// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.Asked;
import io.kpromo.forge.fake.FakeGitea;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GiteaForgeTest {
    private static final Slug HOME = Slug.of("team/app");
    private static final RefName MAIN = new RefName("main");
    private static final RefName CHANGE = new RefName("change");
    private static final Author CAROL = new Author("Carol", "carol@example.com");

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(1));
    private FakeGitea gitea;
    private GiteaForge forge;
    private CommitId first;

    @BeforeEach
    void start() throws IOException {
        gitea = new FakeGitea();
        forge = new GiteaForge(
                transport, gitea.address(), Optional.of(Secret.of("t")), LimitListener.none(), Time.system());
        first = gitea.world().create(HOME, List.of(SourceFile.of("a", "1")));
    }

    @AfterEach
    void stop() {
        transport.close();
        gitea.close();
    }

    private void ran(int id, RefName branch, String workflow, WorkflowRun.State state) {
        Instant when = Instant.parse("2026-11-23T10:00:00Z").plusSeconds(id);
        URI web = URI.create("https://git.example/runs/" + id);
        gitea.world().repository(HOME).run(branch.text(), new WorkflowRun("" + id, workflow, first, state, when, web));
    }

    @Test
    void aRunThatNoRunnerHasTakenYetIsTheNewest() throws InterruptedException {
        ran(1, MAIN, "promote.yml", WorkflowRun.State.FAILED);
        ran(2, MAIN, "promote.yml", WorkflowRun.State.WAITING);
        ran(3, CHANGE, "promote.yml", WorkflowRun.State.SUCCEEDED);
        ran(4, MAIN, "other.yml", WorkflowRun.State.CANCELLED);

        assertThat(forge.workflowRuns(HOME).newest("promote.yml", MAIN, 1))
                .extracting(WorkflowRun::id, WorkflowRun::state)
                .containsExactly(tuple("2", WorkflowRun.State.WAITING));
        assertThat(forge.workflowRuns(HOME).newest("promote.yml", MAIN, 5))
                .extracting(WorkflowRun::state)
                .containsExactly(WorkflowRun.State.WAITING, WorkflowRun.State.FAILED);
    }

    @Test
    void anOlderOneTellsOfTheJobsThatRunnersHaveTaken() throws InterruptedException {
        gitea.knowsNoRuns();
        ran(1, MAIN, "promote.yml", WorkflowRun.State.FAILED);
        ran(2, MAIN, "promote.yml", WorkflowRun.State.WAITING);
        ran(3, MAIN, "other.yml", WorkflowRun.State.SUCCEEDED);

        assertThat(forge.workflowRuns(HOME).newest("promote.yml", MAIN, 1))
                .extracting(WorkflowRun::id, WorkflowRun::state)
                .containsExactly(tuple("1", WorkflowRun.State.FAILED));
    }

    @Test
    void whatABranchIsPutOnBesideIsGoneAfterwards() throws InterruptedException {
        CommitId made = forge.sources(HOME).write(change(first, Optional.empty(), "1"));
        gitea.world().commit(HOME, MAIN, List.of(SourceFile.of("b", "1")), "Newer", CAROL);
        gitea.forgetSent();

        CommitId other = forge.sources(HOME).write(change(first, Optional.of(made), "2"));

        assertThat(forge.sources(HOME).branch(CHANGE)).contains(other);
        assertThat(gitea.world().repository(HOME).census())
                .containsEntry("refs", List.of("refs/heads/change", "refs/heads/main"));
        assertThat(gitea.sent())
                .extracting(Asked::method)
                .filteredOn("DELETE"::equals)
                .hasSize(1);
    }

    private static NewCommit change(CommitId parent, Optional<CommitId> over, String content) {
        List<SourceFile> files = List.of(SourceFile.of("a", content));
        return new NewCommit(CHANGE, over, Optional.empty(), parent, files, "A change", Optional.of(CAROL));
    }
}
