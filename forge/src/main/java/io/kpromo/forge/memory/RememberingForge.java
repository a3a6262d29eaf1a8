// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.memory;

import io.kpromo.forge.Discussions;
import io.kpromo.forge.Forge;
import io.kpromo.forge.Issues;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Releases;
import io.kpromo.forge.Slug;
import io.kpromo.forge.Sources;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.WorkflowRuns;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A forge that is asked each thing once. What it said is remembered until something is changed through this one,
/// or until [#forget]; what others change meanwhile is not seen. One that could not be reached is not asked
/// again.
public final class RememberingForge implements Forge {
    private final Forge forge;
    private final Memory memory = new Memory();

    /// @param forge that is asked; closed with this one
    public RememberingForge(Forge forge) {
        this.forge = forge;
    }

    /// The next question is asked of the forge, whatever it was.
    public void forget() {
        memory.forget();
    }

    @Override
    public String name() {
        return forge.name();
    }

    @Override
    public String user() throws InterruptedException {
        return memory.answer(List.of("user"), forge::user);
    }

    @Override
    public Sources sources(Slug repository) {
        return new RememberedSources(forge.sources(repository), repository, memory);
    }

    @Override
    public PullRequests pullRequests(Slug repository) {
        return new RememberedPullRequests(forge.pullRequests(repository), repository, memory);
    }

    @Override
    public Issues issues(Slug repository) {
        return new RememberedIssues(forge.issues(repository), repository, memory);
    }

    @Override
    public Releases releases(Slug repository) {
        return new RememberedReleases(forge.releases(repository), repository, memory);
    }

    @Override
    public WorkflowRuns workflowRuns(Slug repository) {
        return new RememberedRuns(forge.workflowRuns(repository), repository, memory);
    }

    @Override
    public Discussions discussions(Slug repository) {
        return new RememberedDiscussions(forge.discussions(repository), repository, memory);
    }

    @Override
    public void close() {
        forge.close();
    }

    private record RememberedRuns(WorkflowRuns runs, Slug repository, Memory memory) implements WorkflowRuns {
        @Override
        public List<WorkflowRun> newest(String workflow, RefName branch, int most) throws InterruptedException {
            return memory.answer(
                    List.of("runs", repository, workflow, branch, most), () -> runs.newest(workflow, branch, most));
        }
    }

    private record RememberedDiscussions(Discussions discussions, Slug repository, Memory memory)
            implements Discussions {
        @Override
        public Optional<URI> titled(String category, String title) throws InterruptedException {
            return memory.answer(
                    List.of("discussions", repository, category, title), () -> discussions.titled(category, title));
        }

        @Override
        public URI create(String category, String title, String body) throws InterruptedException {
            return memory.change(repository, () -> discussions.create(category, title, body));
        }
    }
}
