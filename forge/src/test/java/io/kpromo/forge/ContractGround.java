// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/// Where a forge is held to its contract: what people do on it meanwhile, and in what it may differ from others. The
/// account is `alice`.
public abstract class ContractGround {
    protected static final Slug HOME = Slug.of("team/k8s.io");
    protected static final RefName MAIN = new RefName("main");
    protected static final RefName CHANGE = new RefName("alice/change-1");
    protected static final Author CAROL = new Author("Carol", "carol@example.com");

    @TempDir
    protected Path folder;

    /// What people do on a forge's pages.
    protected interface Scene {
        CommitId create(Slug slug, List<SourceFile> files) throws InterruptedException;

        Slug fork(Slug parent, String owner) throws InterruptedException;

        CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message) throws InterruptedException;

        CommitId merge(Slug slug, long number) throws InterruptedException;

        void reject(Slug slug, long number) throws InterruptedException;

        void label(Slug slug, long number, List<String> labels) throws InterruptedException;

        /// @return the id that it has there
        String run(Slug slug, RefName branch, WorkflowRun run) throws InterruptedException;
    }

    protected abstract Forge forge();

    protected abstract Scene scene();

    /// Whether forks have their own store of commits, so that one that lags does not know what is new.
    protected boolean forksLag() {
        return true;
    }

    protected boolean hasDrafts() {
        return true;
    }

    protected boolean hasDiscussions() {
        return true;
    }

    /// So many commits that they do not come at once, where they come by pages.
    protected int moreThanAPage() {
        return 120;
    }

    /// So many tags, likewise.
    protected int moreTagsThanAPage() {
        return moreThanAPage();
    }

    protected static NewCommit change(CommitId parent, Optional<CommitId> over, SourceFile... files) {
        return new NewCommit(
                CHANGE,
                over,
                Optional.empty(),
                parent,
                List.of(files),
                "A change\n\nSigned-off-by: " + CAROL,
                Optional.of(CAROL));
    }

    final CommitId home() throws InterruptedException {
        return scene().create(
                        HOME,
                        List.of(
                                SourceFile.of("m/b/p.yaml", "b"),
                                SourceFile.of("m/a-b/p.yaml", "a-b"),
                                SourceFile.of("m/a/p.yaml", "a"),
                                SourceFile.of("m/a/q.yaml", "another"),
                                SourceFile.of("m/p.yaml", "top"),
                                SourceFile.of("m/a/b/p.yaml", "two folders deeper"),
                                SourceFile.of("m/a/too/deep/p.yaml", "deep"),
                                SourceFile.of("p.yaml", "outside"),
                                SourceFile.of("images/large.yaml", "x".repeat(1_100_000))));
    }
}
