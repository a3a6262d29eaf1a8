// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.snapshot;

import io.kpromo.images.snapshot.Snapshot.Content;
import io.kpromo.images.snapshot.Snapshot.Image;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/// Gathers what is read of a registry, by many threads in any order; the snapshot comes out sorted.
public final class SnapshotBuilder {
    private static final class Repository {
        final Map<Digest, Set<Tag>> digests = new TreeMap<>();
        final Set<Digest> children = new HashSet<>();

        Image image(String name) {
            List<Content> contents = digests.entrySet().stream()
                    .map(e -> new Content(e.getKey(), List.copyOf(e.getValue()), children.contains(e.getKey())))
                    .toList();
            return new Image(name, contents);
        }
    }

    private final Map<String, Repository> repositories = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /// The repository holds this digest.
    ///
    /// @param image the repository's name below the registry path of the snapshot
    public SnapshotBuilder digest(String image, Digest digest) {
        return tags(image, digest, List.of());
    }

    /// The repository holds this digest, and these tags point to it.
    public SnapshotBuilder tags(String image, Digest digest, List<Tag> tags) {
        lock.lock();
        try {
            repository(image)
                    .digests
                    .computeIfAbsent(digest, d -> new TreeSet<>())
                    .addAll(tags);
        } finally {
            lock.unlock();
        }
        return this;
    }

    /// An index of this repository points to this digest. It need not be told whether the repository holds it.
    public SnapshotBuilder child(String image, Digest digest) {
        lock.lock();
        try {
            repository(image).children.add(digest);
        } finally {
            lock.unlock();
        }
        return this;
    }

    public Snapshot build() {
        lock.lock();
        try {
            return new Snapshot(repositories.entrySet().stream()
                    .filter(e -> !e.getValue().digests.isEmpty())
                    .map(e -> e.getValue().image(e.getKey()))
                    .toList());
        } finally {
            lock.unlock();
        }
    }

    private Repository repository(String image) {
        return repositories.computeIfAbsent(image, i -> new Repository());
    }
}
