// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.oci.Digest;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.concurrent.Crew;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The SHA-256 of files of releases: GitHub's own, where it has one.
///
/// Of others the one of a copy counts that has as many bytes as GitHub says, for GitHub says no more of them. Where
/// there is no such copy, the file is read for its sum; that it is the same when it is read again to be copied is
/// checked then.
public final class AssetSums {
    private final ReleaseStore releases;
    private final List<Store> copies;
    private final int threads;

    /// @param copies where they may lie already
    /// @param threads files that are read at the same time, 1 or more
    public AssetSums(ReleaseStore releases, List<Store> copies, int threads) {
        this.releases = releases;
        this.copies = List.copyOf(copies);
        this.threads = threads;
    }

    /// For all files, in the order of the releases.
    public Map<FileName, Digest> all() throws InterruptedException {
        Map<FileName, Digest> known = new ConcurrentHashMap<>();
        for (FileName name : releases.names()) {
            seen(name).sha256().ifPresent(sum -> known.put(name, sum));
        }
        for (Store copy : copies) {
            List<FileName> open = open(known);
            Map<FileName, StoredFile> there = open.isEmpty() ? Map.of() : copy.look(open);
            each(
                    List.copyOf(there.keySet()),
                    name -> ofCopy(copy, name, Optional.ofNullable(there.get(name)))
                            .ifPresent(sum -> known.put(name, sum)));
        }
        each(open(known), name -> known.put(name, read(releases, name, seen(name))));
        Map<FileName, Digest> sorted = new LinkedHashMap<>();
        releases.names()
                .forEach(name ->
                        sorted.put(name, Optional.ofNullable(known.get(name)).orElseThrow()));
        return sorted;
    }

    /// How many files GitHub gives no digest of.
    public long unknown() {
        return releases.names().stream()
                .filter(name -> seen(name).sha256().isEmpty())
                .count();
    }

    private List<FileName> open(Map<FileName, Digest> known) {
        return releases.names().stream()
                .filter(name -> !known.containsKey(name))
                .toList();
    }

    private StoredFile seen(FileName name) {
        return releases.inspect(name).orElseThrow();
    }

    private Optional<Digest> ofCopy(Store copy, FileName name, Optional<StoredFile> there) throws InterruptedException {
        Optional<StoredFile> file = there.filter(f -> f.size() == seen(name).size());
        if (file.isEmpty() || file.get().sha256().isPresent()) {
            return file.flatMap(StoredFile::sha256);
        }
        // A listing may say less than the store knows.
        Optional<StoredFile> closer =
                copy.inspect(name).filter(f -> f.size() == seen(name).size());
        if (closer.isEmpty() || closer.get().sha256().isPresent()) {
            return closer.flatMap(StoredFile::sha256);
        }
        return Optional.of(read(copy, name, closer.get()));
    }

    private static Digest read(Store store, FileName name, StoredFile seen) throws InterruptedException {
        Sum sum = new Sum();
        store.read(name, seen, sum);
        if (sum.offset() != seen.size()) {
            throw new StoreException("read " + store.base().url(name) + ": got " + sum.offset()
                    + " bytes, it should have " + seen.size());
        }
        return Digest.of(Digest.Algorithm.SHA256, sum.hasher);
    }

    private interface Work {
        void on(FileName name) throws InterruptedException;
    }

    private void each(List<FileName> names, Work work) throws InterruptedException {
        Queue<FileName> left = new ConcurrentLinkedQueue<>(names);
        try (Crew crew = new Crew("sums")) {
            for (int i = 0; i < Math.min(threads, names.size()); i++) {
                crew.start(() -> {
                    for (FileName name = left.poll(); name != null; name = left.poll()) {
                        work.on(name);
                    }
                });
            }
            crew.join();
        }
    }

    private static final class Sum implements BlobIntake {
        private final MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        private final byte[] buffer = new byte[64 << 10];
        private long taken;

        @Override
        public long offset() {
            return taken;
        }

        @Override
        public void take(InputStream more) throws IOException {
            for (int n = more.read(buffer); n >= 0; n = more.read(buffer)) {
                hasher.update(buffer, 0, n);
                taken += n;
            }
        }
    }
}
