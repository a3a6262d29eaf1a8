// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.forge.fake.ForgeServer.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Branches that are moved by force: from where they were seen, and from nowhere else.
class GitHubBranchesTest extends GitHubScene {
    private NewCommit over(CommitId seen) {
        return new NewCommit(
                CHANGE,
                Optional.of(seen),
                Optional.empty(),
                first,
                List.of(SourceFile.of("i/a/images.yaml", "[2]")),
                "Another",
                Optional.of(CAROL));
    }

    @Test
    void whoHasLookedMovesABranchWithoutAnotherLook() throws InterruptedException {
        CommitId seen = forge("t").sources(HOME).write(change(HOME, first));
        Sources sources = forge("t").sources(HOME);
        assertThat(sources.facts(CHANGE).orElseThrow().at()).contains(seen);
        gitHub.forgetSent();
        CommitId made = sources.write(over(seen));
        assertThat(asked())
                .containsExactly(
                        "POST /repos/kubernetes/k8s.io/git/trees",
                        "POST /repos/kubernetes/k8s.io/git/commits",
                        "POST /graphql");
        assertThat(sources.branch(CHANGE)).contains(made);
        assertThat(sources.between("main", CHANGE.text())).hasSize(1);
    }

    @Test
    void aBranchThatSomebodyMovedMeanwhileStays() throws InterruptedException {
        CommitId seen = forge("t").sources(HOME).write(change(HOME, first));
        CommitId theirs = gitHub.world().commit(HOME, CHANGE, List.of(SourceFile.of("x", "1")), "Theirs", CAROL);
        assertThatThrownBy(() -> forge("t").sources(HOME).write(over(seen)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is at " + theirs.brief() + ", not at " + seen.brief());
        assertThat(forge("t").sources(HOME).branch(CHANGE)).contains(theirs);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aMoveWhoseAnswerWasLostIsSentAgainAndDoneOnce(Fault fault) throws InterruptedException {
        CommitId seen = forge("t").sources(HOME).write(change(HOME, first));
        Sources sources = forge("t").sources(HOME);
        sources.facts(CHANGE);
        gitHub.failAt(3, fault);
        CommitId made = sources.write(over(seen));
        assertThat(sources.branch(CHANGE)).contains(made);
    }
}
