// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The forge of a [ReleaseWorld], and what people do on its pages.
interface Site extends AutoCloseable {
    /// Seen as the account that releases.
    Forge forge();

    void create(Slug slug, List<SourceFile> files) throws InterruptedException;

    /// Makes a repository that git reaches, too.
    ///
    /// @return where git finds it
    Path createForGit(Slug slug, List<SourceFile> files) throws InterruptedException;

    /// Somebody pushed this commit by git, with these files.
    void pushed(Slug slug, CommitId commit, List<SourceFile> files);

    /// Makes a fork that belongs to the account.
    void fork(Slug slug) throws InterruptedException;

    void merge(Slug slug, long number) throws InterruptedException;

    Set<String> branches(Slug slug);

    boolean hasDiscussions();

    /// Keeps all that it holds, to come back to it.
    void save();

    void restore();

    @Override
    void close();
}
