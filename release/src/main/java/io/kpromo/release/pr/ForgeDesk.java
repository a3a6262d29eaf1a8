// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import java.util.List;
import java.util.Optional;

/// Works through the forge alone, without a clone.
///
/// @param repository that is read
/// @param branch of it
/// @param reading its source
/// @param writing the fork's source
record ForgeDesk(Slug repository, RefName branch, Sources reading, Sources writing) implements Desk {
    @Override
    public CommitId base() throws InterruptedException {
        return reading.branch(branch)
                .orElseThrow(() ->
                        new PromotionException(repository + " has no branch " + branch + "; name another with --base"));
    }

    @Override
    public List<SourceFile> files(CommitId at, String folder, String name) throws InterruptedException {
        return reading.files(at, folder, name);
    }

    @Override
    public Optional<SourceFile> file(CommitId at, String path) throws InterruptedException {
        return reading.file(at, path);
    }

    @Override
    public CommitId push(NewCommit commit) throws InterruptedException {
        return writing.write(commit);
    }

    @Override
    public void leave(boolean asking) {
        // Nothing was made on this machine.
    }
}
