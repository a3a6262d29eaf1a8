// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.client.BlobIntake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A store in memory that keeps count, and lies when told to.
class TestStore implements Store {
    /// What is done with a file's bytes on their way out; called for each read from `offset` on.
    interface Reading {
        InputStream of(byte[] right, long offset, int read) throws IOException;
    }

    /// What happens while a file is written, before the last of its bytes are taken.
    interface Writing {
        void begun(int write) throws InterruptedException;
    }

    final Map<FileName, byte[]> files = new ConcurrentHashMap<>();
    final Map<FileName, Digest> sha512s = new ConcurrentHashMap<>();
    final List<String> reads = new CopyOnWriteArrayList<>();
    final List<String> looks = new CopyOnWriteArrayList<>();
    final List<String> writes = new CopyOnWriteArrayList<>();
    private final Map<FileName, Digest> recorded = new ConcurrentHashMap<>();
    private final Base base;
    private Reading reading =
            (right, offset, read) -> new ByteArrayInputStream(right, (int) offset, right.length - (int) offset);
    private Writing writing = write -> {};
    private boolean records = true;
    private boolean copies;
    private int part = Integer.MAX_VALUE;

    TestStore(String base) {
        this.base = Base.parse(base);
    }

    TestStore holding(String name, byte[] content) {
        files.put(new FileName(name), content);
        return this;
    }

    TestStore reading(Reading how) {
        reading = how;
        return this;
    }

    TestStore writing(Writing how) {
        writing = how;
        return this;
    }

    TestStore withoutRecords() {
        records = false;
        return this;
    }

    TestStore copying() {
        copies = true;
        return this;
    }

    /// Takes files in parts, and each part twice, as one that broke the first time.
    TestStore inPartsOf(int bytes) {
        part = bytes;
        return this;
    }

    @Override
    public Base base() {
        return base;
    }

    @Override
    public Map<FileName, StoredFile> look(Collection<FileName> names) {
        looks.add(names.size() + " names");
        Map<FileName, StoredFile> found = new HashMap<>();
        names.forEach(name -> seen(name).ifPresent(file -> found.put(name, file)));
        return found;
    }

    @Override
    public Optional<StoredFile> inspect(FileName name) {
        looks.add(name.text());
        return seen(name);
    }

    private Optional<StoredFile> seen(FileName name) {
        return Optional.ofNullable(files.get(name))
                .map(bytes -> new StoredFile(
                        bytes.length,
                        Optional.ofNullable(recorded.get(name)),
                        Sums.none(),
                        Integer.toString(Arrays.hashCode(bytes))));
    }

    @Override
    public void read(FileName name, StoredFile seen, BlobIntake into) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            reads.add(name + " from " + into.offset());
            byte[] right = files.get(name);
            if (right == null || Arrays.hashCode(right) != Integer.parseInt(seen.version())) {
                throw new StoreException("read " + base.url(name) + ": it was changed meanwhile");
            }
            try (InputStream in = reading.of(right, into.offset(), reads.size())) {
                into.take(in);
                return;
            } catch (IOException e) {
                if (tries == 3) {
                    throw new StoreException("read " + base.url(name) + ": " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public void write(FileName name, Incoming file, Optional<StoredFile> replaced) throws InterruptedException {
        writes.add(name.text());
        // As folders do it, which have no use for sums; so nothing is waited for that has no bytes.
        if (file.small() && file.size() > 0) {
            file.awaitAll();
        }
        byte[] all = new byte[(int) file.size()];
        int write = writes.size();
        boolean first = true;
        try {
            for (int at = 0; at < all.length; at += Math.min(part, all.length - at)) {
                int length = Math.min(part, all.length - at);
                if (length < all.length) {
                    // Broken right before its end.
                    take(file, at, all, length - 1);
                }
                if (first) {
                    first = false;
                    writing.begun(write);
                }
                take(file, at, all, length);
            }
        } catch (IOException e) {
            throw new StoreException("write " + base.url(name) + ": " + e.getMessage(), e);
        }
        if (base.scheme().recordsSha512()) {
            sha512s.put(name, file.sha512());
        }
        files.put(name, all);
        if (records) {
            recorded.put(name, file.sha256());
        }
    }

    private static void take(Incoming file, int at, byte[] into, int length) throws IOException, InterruptedException {
        try (InputStream in =
                file.part(at, Math.min(into.length - at, Math.max(1, length))).open()) {
            int got = in.readNBytes(into, at, length);
            if (got < length) {
                throw new IOException("got " + got + " of " + length + " bytes");
            }
        }
    }

    @Override
    public boolean copy(Store from, FileName name, StoredFile seen, Digest sha256, Optional<StoredFile> replaced) {
        if (!copies || !(from instanceof TestStore other)) {
            return false;
        }
        files.put(name, Optional.ofNullable(other.files.get(name)).orElseThrow());
        recorded.put(name, sha256);
        return true;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        files.keySet().forEach(name -> names.add(name.text()));
        names.sort(null);
        return names;
    }
}
