// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// All repositories of a forge, and what people do on its pages.
public final class World {
    /// Who the token belongs to.
    public static final String USER = "alice";

    private static final String MAIN = "refs/heads/main";

    private final Map<Slug, Repo> repositories = new ConcurrentHashMap<>();
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong ids = new AtomicLong(1000);

    /// A moment later than all before.
    Instant now() {
        return Instant.parse("2026-11-23T10:00:00Z").plusSeconds(ticks.incrementAndGet());
    }

    long id() {
        return ids.incrementAndGet();
    }

    public Repo repository(Slug slug) {
        return find(slug).orElseThrow();
    }

    Optional<Repo> find(Slug slug) {
        return Optional.ofNullable(repositories.get(slug));
    }

    /// Makes a repository whose branch `main` holds these files.
    public CommitId create(Slug slug, List<SourceFile> files) {
        Repo repo = new Repo(slug, Optional.empty());
        repositories.put(slug, repo);
        Objects.Commit first = repo.objects.commitOver(List.of(), files, "Begin", USER, now());
        repo.refs.put(MAIN, first.id());
        return new CommitId(first.id());
    }

    /// What somebody pushed to `main` by git: a commit of this name, whose files are these.
    public void pushed(Slug slug, CommitId commit, List<SourceFile> files) {
        Repo repo = repository(slug);
        SortedMap<String, byte[]> all = new TreeMap<>();
        files.forEach(file -> all.put(file.path(), file.bytes()));
        repo.objects.pushed(commit.hex(), repo.objects.tree(all), List.of(repo.at(MAIN)), now());
        repo.refs.put(MAIN, commit.hex());
    }

    /// All that it holds now, for [#restore].
    public World saved() {
        World saved = new World();
        repositories.forEach((slug, repo) -> saved.repositories.put(slug, repo.copy()));
        saved.ticks.set(ticks.get());
        saved.ids.set(ids.get());
        return saved;
    }

    /// Goes back to what it was; repositories that were made since then stay.
    public void restore(World saved) {
        saved.repositories.forEach((slug, repo) -> repository(slug).become(repo));
        ticks.set(saved.ticks.get());
        ids.set(saved.ids.get());
    }

    /// What counts of all repositories, by their names.
    public Map<String, Object> census() {
        Map<String, Object> census = new TreeMap<>();
        repositories.forEach((slug, repo) -> census.put(slug.toString(), repo.census()));
        return census;
    }

    /// Makes a fork of a repository, as it is now.
    public Slug fork(Slug parent, String owner) {
        return fork(parent, new Slug(owner, parent.name()));
    }

    public Slug fork(Slug parent, Slug fork) {
        Repo from = repository(parent);
        Repo repo = new Repo(fork, Optional.of(from));
        repo.objects.take(from.objects);
        repo.refs.putAll(from.refs);
        repositories.put(fork, repo);
        return fork;
    }

    /// Makes a commit as somebody else would: on a branch, which may be new.
    public CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message, Author author) {
        Repo repo = repository(slug);
        String ref = "refs/heads/" + branch;
        String over = repo.refs.getOrDefault(ref, repo.at(MAIN));
        Objects.Commit commit = repo.objects.commitOver(List.of(over), files, message, author.name(), now());
        repo.refs.put(ref, commit.id());
        return new CommitId(commit.id());
    }

    /// Merges a pull request by a merge commit, as a maintainer does.
    public CommitId merge(Slug slug, long number) {
        Repo repo = repository(slug);
        Pull pull = repo.pull(number).orElseThrow();
        repo.objects.take(repository(pull.head).objects);
        String base = "refs/heads/" + pull.base;
        Objects.Commit head = repo.objects.known(pull.headCommit);
        Objects.Commit merge = repo.objects.commit(
                head.tree(),
                List.of(repo.at(base), head.id()),
                "Merge pull request #" + number,
                USER,
                "a@example.com",
                now());
        repo.refs.put(base, merge.id());
        pull.merged = Optional.of(merge.id());
        pull.open = false;
        pull.touched = now();
        pull.mergedAt = pull.touched;
        return new CommitId(merge.id());
    }

    /// A pull request of one commit that was squashed into `main`, as there are hundreds.
    public long squashed(Slug slug, String title, String body, String author, List<String> labels) {
        Repo repo = repository(slug);
        Pull pull = repo.open(this, title, body, author);
        pull.labels.addAll(labels);
        CommitId merged = commit(slug, new RefName("main"), List.of(), title, new Author(author, "x@example.com"));
        pull.merged = Optional.of(merged.hex());
        pull.open = false;
        pull.touched = now();
        pull.mergedAt = pull.touched;
        return pull.number;
    }

    /// Brings a branch of a fork up to date, by a merge where it has commits of its own.
    ///
    /// @return how it was merged; nothing where both changed the same file
    Optional<String> sync(Repo fork, String ref) {
        Repo parent = fork.parent.orElseThrow();
        fork.objects.take(parent.objects);
        String ours = fork.at(ref);
        String theirs = parent.at(ref);
        if (fork.objects.ancestry(theirs).contains(ours)) {
            fork.refs.put(ref, theirs);
            return Optional.of("fast-forward");
        }
        String before = fork.objects.ancestry(ours).stream()
                .filter(fork.objects.ancestry(theirs)::contains)
                .findFirst()
                .orElseThrow();
        TreeMap<String, byte[]> merged = new TreeMap<>(fork.objects.changed(before, theirs));
        Set<String> conflicts = new HashSet<>(merged.keySet());
        conflicts.retainAll(fork.objects.changed(before, ours).keySet());
        if (!conflicts.isEmpty()) {
            return Optional.empty();
        }
        merged.putAll(fork.objects.changed(before, ours));
        fork.objects.files(before).orElseThrow().forEach(merged::putIfAbsent);
        String tree = fork.objects.tree(merged);
        Objects.Commit merge =
                fork.objects.commit(tree, List.of(ours, theirs), "Merge", USER, "alice@example.com", now());
        fork.refs.put(ref, merge.id());
        return Optional.of("merge");
    }

    /// Closes a pull request without merging it.
    public void reject(Slug slug, long number) {
        Pull pull = repository(slug).pull(number).orElseThrow();
        pull.open = false;
        pull.touched = now();
    }

    public void label(Slug slug, long number, List<String> labels) {
        repository(slug).pull(number).orElseThrow().labels.addAll(labels);
    }
}
