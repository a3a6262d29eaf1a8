// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.SourceFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a repository holds in git: trees are kept flat, as paths and their contents.
public final class Objects {
    /// @param tree the name of its tree
    public record Commit(
            String id, String tree, List<String> parents, String message, String author, String email, Instant when) {}

    /// A tag's own object.
    public record Tag(String id, String name, String target, String message) {}

    final Map<String, byte[]> blobs = new HashMap<>();
    final Map<String, SortedMap<String, byte[]>> trees = new HashMap<>();
    final Map<String, Commit> commits = new HashMap<>();
    final Map<String, Tag> tags = new HashMap<>();

    static String name(String content) {
        return name(content.getBytes(StandardCharsets.UTF_8));
    }

    static String name(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Everything that the other has.
    void take(Objects other) {
        blobs.putAll(other.blobs);
        trees.putAll(other.trees);
        commits.putAll(other.commits);
        tags.putAll(other.tags);
    }

    String blob(byte[] content) {
        String id = name(content);
        blobs.put(id, content);
        return id;
    }

    String tree(SortedMap<String, byte[]> files) {
        StringBuilder text = new StringBuilder("tree");
        files.forEach((path, content) -> text.append(path).append(name(content)));
        String id = name(text.toString());
        trees.put(id, new TreeMap<>(files));
        return id;
    }

    /// Of a tree, or of a commit's tree.
    Optional<SortedMap<String, byte[]>> files(String treeOrCommit) {
        Commit commit = commits.get(treeOrCommit);
        return Optional.ofNullable(trees.get(commit == null ? treeOrCommit : commit.tree()));
    }

    Commit commit(String tree, List<String> parents, String message, String author, String email, Instant when) {
        String id = name("commit" + tree + parents + message + author + email + when);
        Commit commit = new Commit(id, tree, parents, message, author, email, when);
        commits.put(id, commit);
        return commit;
    }

    /// A commit whose name git has chosen.
    void pushed(String id, String tree, List<String> parents, Instant when) {
        commits.put(id, new Commit(id, tree, parents, "Pushed", "somebody", "somebody@example.com", when));
    }

    Commit commitOver(List<String> parents, List<SourceFile> files, String message, String author, Instant when) {
        SortedMap<String, byte[]> all = parents.isEmpty()
                ? new TreeMap<>()
                : new TreeMap<>(files(parents.getFirst()).orElseThrow());
        files.forEach(file -> all.put(file.path(), file.bytes()));
        return commit(tree(all), parents, message, author, author + "@example.com", when);
    }

    /// The files that a commit has otherwise than another; nothing is ever removed.
    SortedMap<String, byte[]> changed(String before, String after) {
        SortedMap<String, byte[]> old = files(before).orElseThrow();
        SortedMap<String, byte[]> changed = new TreeMap<>(files(after).orElseThrow());
        changed.entrySet().removeIf(file -> Arrays.equals(file.getValue(), old.get(file.getKey())));
        return changed;
    }

    Commit known(String commit) {
        return Optional.ofNullable(commits.get(commit)).orElseThrow();
    }

    /// A commit and all before it.
    Set<String> ancestry(String from) {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String id = open.pop();
            if (seen.add(id)) {
                known(id).parents().forEach(open::push);
            }
        }
        return seen;
    }

    /// What `to` has and `from` has not, oldest first.
    List<Commit> between(String from, String to) {
        Set<String> without = ancestry(from);
        List<Commit> found = new ArrayList<>();
        for (String id : ancestry(to)) {
            if (!without.contains(id)) {
                found.add(known(id));
            }
        }
        found.sort((one, other) -> one.when().compareTo(other.when()));
        return found;
    }
}
