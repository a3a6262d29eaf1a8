// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeContract;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.WorkflowRun;
import java.util.List;

/// The contract's forks and merges, in a [World].
public abstract class WorldScene extends ForgeContract {
    protected abstract World world();

    @Override
    protected Scene scene() {
        World world = world();
        return new Scene() {
            @Override
            public CommitId create(Slug slug, List<SourceFile> files) {
                return world.create(slug, files);
            }

            @Override
            public Slug fork(Slug parent, String owner) {
                return world.fork(parent, owner);
            }

            @Override
            public CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message) {
                return world.commit(slug, branch, files, message, new Author("Carol", "carol@example.com"));
            }

            @Override
            public CommitId merge(Slug slug, long number) {
                return world.merge(slug, number);
            }

            @Override
            public void reject(Slug slug, long number) {
                world.reject(slug, number);
            }

            @Override
            public void label(Slug slug, long number, List<String> labels) {
                world.label(slug, number, labels);
            }

            @Override
            public String run(Slug slug, RefName branch, WorkflowRun run) {
                world.repository(slug).run(branch.text(), run);
                return run.id();
            }
        };
    }
}
