// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.forge.git.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A forge in a folder.
final class FolderSite implements Site {
    private static final String USER = "ann";

    final FolderForge forge;
    private final Path folder;
    private final Path saved;

    FolderSite(Path root) throws IOException {
        this.folder = Files.createDirectories(root.resolve("forge"));
        this.saved = root.resolve("saved-forge");
        this.forge = new FolderForge(folder, USER, InstantSource.system());
    }

    @Override
    public Forge forge() {
        return forge;
    }

    @Override
    public void create(Slug slug, List<SourceFile> files) throws InterruptedException {
        forge.create(slug, files);
    }

    @Override
    public Path createForGit(Slug slug, List<SourceFile> files) throws InterruptedException {
        forge.create(slug, files);
        return Path.of(forge.address(slug));
    }

    @Override
    public void pushed(Slug slug, CommitId commit, List<SourceFile> files) {
        // Git has told it.
    }

    @Override
    public void fork(Slug slug) throws InterruptedException {
        forge.fork(slug, USER);
    }

    @Override
    public void merge(Slug slug, long number) throws InterruptedException {
        forge.merge(slug, number);
    }

    @Override
    public Set<String> branches(Slug slug) {
        try (GitRepository git = GitRepository.bare(Path.of(forge.address(slug)))) {
            Set<String> names = new TreeSet<>();
            git.branches().forEach(name -> names.add(name.text()));
            return names;
        }
    }

    @Override
    public boolean hasDiscussions() {
        return true;
    }

    @Override
    public void save() {
        Folders.replace(saved, folder);
    }

    @Override
    public void restore() {
        Folders.replace(folder, saved);
    }

    @Override
    public void close() {
        forge.close();
    }
}
