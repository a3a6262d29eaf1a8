// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.forge.git.GitRemote;
import io.kpromo.forge.git.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Works in a shallow clone without a work tree, and pushes from there.
final class CloneDesk implements Desk {
    private final GitRepository git;
    private final ForgeDesk forge;
    private final GitRemote fork;
    private final Consent consent;
    private final PromotionLog log;

    private CloneDesk(GitRepository git, ForgeDesk forge, GitRemote fork, Consent consent, PromotionLog log) {
        this.git = git;
        this.forge = forge;
        this.fork = fork;
        this.consent = consent;
        this.log = log;
    }

    static CloneDesk open(CloneSettings settings, ForgeDesk forge, Slug fork, Consent consent, PromotionLog log)
            throws InterruptedException {
        GitRemote from = settings.remote().apply(page(forge.repository(), forge.reading()));
        GitRemote to = settings.remote().apply(page(fork, forge.writing()));
        Path folder;
        try {
            folder = Files.createTempDirectory("kpromo-pr-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log.info("cloning branch " + forge.branch() + " of " + from + " to " + folder);
        boolean cloned = false;
        try {
            GitRepository git = GitRepository.shallowClone(from, forge.branch(), folder);
            cloned = true;
            return new CloneDesk(git, forge, to, consent, log);
        } finally {
            if (!cloned) {
                delete(folder);
            }
        }
    }

    private static URI page(Slug repository, Sources sources) throws InterruptedException {
        return sources.facts()
                .map(RepositoryFacts::web)
                .orElseThrow(() -> new PromotionException("there is no repository " + repository));
    }

    @Override
    public CommitId base() {
        return git.branch(forge.branch()).orElseThrow();
    }

    @Override
    public List<SourceFile> files(CommitId at, String folder, String name) {
        return git.files(at, folder, name);
    }

    @Override
    public Optional<SourceFile> file(CommitId at, String path) {
        return git.file(at, path);
    }

    @Override
    public CommitId push(NewCommit commit) {
        Author author = commit.author().orElseThrow();
        NewCommit local = new NewCommit(
                commit.branch(),
                git.branch(commit.branch()),
                Optional.empty(),
                commit.parent(),
                commit.files(),
                commit.message(),
                commit.author());
        CommitId made = git.write(local, author, InstantSource.system().instant());
        git.push(fork, commit.branch(), commit.over());
        return made;
    }

    @Override
    public void leave(boolean asking) throws InterruptedException {
        Path folder = git.folder();
        git.close();
        if (!asking || consent.to("Remove the clone in " + folder + "?")) {
            delete(folder);
        } else {
            log.info("the clone stays in " + folder);
        }
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, IOException problem) throws IOException {
                    Files.delete(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
