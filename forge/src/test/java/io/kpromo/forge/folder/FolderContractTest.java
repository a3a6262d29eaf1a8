// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeContract;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.WorkflowRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FolderContractTest extends ForgeContract {
    @TempDir
    Path root;

    private FolderForge forge;

    @BeforeEach
    void open() {
        AtomicLong ticks = new AtomicLong();
        Instant start = Instant.parse("2026-11-23T10:00:00Z");
        forge = new FolderForge(root, "alice", () -> start.plusSeconds(ticks.incrementAndGet()));
    }

    @Override
    protected Forge forge() {
        return forge;
    }

    /// A folder has no pages, and git takes its time for each commit.
    @Override
    protected int moreThanAPage() {
        return 12;
    }

    @Override
    protected Scene scene() {
        return new Scene() {
            @Override
            public CommitId create(Slug slug, List<SourceFile> files) throws InterruptedException {
                return forge.create(slug, files);
            }

            @Override
            public Slug fork(Slug parent, String owner) throws InterruptedException {
                return forge.fork(parent, owner);
            }

            @Override
            public CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message)
                    throws InterruptedException {
                return forge.commit(slug, branch, files, message, CAROL);
            }

            @Override
            public CommitId merge(Slug slug, long number) throws InterruptedException {
                return forge.merge(slug, number);
            }

            @Override
            public void reject(Slug slug, long number) throws InterruptedException {
                forge.reject(slug, number);
            }

            @Override
            public void label(Slug slug, long number, List<String> labels) throws InterruptedException {
                forge.label(slug, number, labels);
            }

            @Override
            public String run(Slug slug, RefName branch, WorkflowRun run) throws InterruptedException {
                forge.run(slug, branch, run);
                return run.id();
            }
        };
    }
}
