// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.git.GitRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The repositories of a folder. One thread of one process at a time changes them.
final class Network {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path root;
    private final String user;
    private final InstantSource time;
    private final ReentrantLock lock = new ReentrantLock();

    Network(Path root, String user, InstantSource time) {
        this.root = root;
        this.user = user;
        this.time = time;
    }

    Path root() {
        return root;
    }

    String user() {
        return user;
    }

    Author author() {
        return new Author(user, user + "@localhost");
    }

    Instant now() {
        return time.instant();
    }

    /// Where a repository is, or would be.
    Path place(Slug slug) {
        return file(slug, ".git");
    }

    Path assets(Slug slug) {
        return file(slug, ".assets");
    }

    URI web(Slug slug, String below) {
        return URI.create(file(slug, "").toUri() + "/" + below);
    }

    private Path file(Slug slug, String ending) {
        return root.resolve(slug.owner()).resolve(slug.name() + ending);
    }

    boolean has(Slug slug) {
        return Files.exists(file(slug, ".json"));
    }

    /// @throws ForgeException when there is no such repository
    GitRepository open(Slug slug) {
        need(slug);
        return GitRepository.bare(place(slug));
    }

    Shelf shelf(Slug slug) {
        need(slug);
        try {
            return JSON.readValue(Files.readAllBytes(file(slug, ".json")), Shelf.class);
        } catch (IOException | JacksonException e) {
            throw new ForgeException("cannot read " + file(slug, ".json") + ": " + e.getMessage(), e);
        }
    }

    private void need(Slug slug) {
        if (!has(slug)) {
            throw new ForgeException("the forge in " + root + " has no repository " + slug);
        }
    }

    /// What is being changed of a repository.
    static final class Work {
        private final Path repository;
        private Shelf shelf;

        Work(Path repository, Shelf shelf) {
            this.repository = repository;
            this.shelf = shelf;
        }

        Path repository() {
            return repository;
        }

        Shelf shelf() {
            return shelf;
        }

        void replace(Shelf changed) {
            shelf = changed;
        }
    }

    /// A change of a repository.
    interface Change<T> {
        T apply(Work work) throws IOException, InterruptedException;
    }

    <T> T changing(Slug slug, Change<T> change) throws InterruptedException {
        return changing(slug, Optional.empty(), change);
    }

    /// @param first what is known of a repository that is only now made
    <T> T changing(Slug slug, Optional<Shelf> first, Change<T> change) throws InterruptedException {
        if (first.isEmpty()) {
            need(slug);
        }
        lock.lockInterruptibly();
        try {
            Files.createDirectories(root.resolve(slug.owner()));
            try (FileChannel channel = FileChannel.open(
                            root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                Shelf before = has(slug) ? shelf(slug) : first.orElseThrow();
                Work work = new Work(place(slug), before);
                T result = change.apply(work);
                if (held.isValid() && (!has(slug) || !work.shelf().equals(before))) {
                    write(file(slug, ".json"), JSON.writeValueAsBytes(work.shelf()));
                }
                return result;
            }
        } catch (IOException e) {
            throw new ForgeException("the forge in " + root + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path whole = Files.createTempFile(file.getParent(), ".new", ".json");
        Files.write(whole, content);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Sees what the branch of an open pull request points to now.
    void takeHead(GitRepository into, Shelf.Pull pull) {
        try (GitRepository head = open(pull.headRepository())) {
            if (head.branch(pull.headBranch()).isPresent()) {
                into.take(head, "refs/heads/" + pull.headBranch(), pull.ref());
            }
        }
    }

    CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message, Author author)
            throws InterruptedException {
        return changing(slug, work -> {
            try (GitRepository git = GitRepository.bare(work.repository())) {
                Optional<CommitId> over = git.branch(branch);
                CommitId parent = over.or(git::head).orElseThrow();
                NewCommit commit =
                        new NewCommit(branch, over, Optional.empty(), parent, files, message, Optional.of(author));
                return git.write(commit, author, now());
            }
        });
    }
}
