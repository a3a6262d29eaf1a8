// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.bucket;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.StoredFile;
import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.oci.http.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Looks files of a bucket up in few requests, however full it is.
///
/// Few names are asked for one by one. For many a listing begins at the first name; each page begins at the next
/// name that is still open, so none is wasted on what lies between. As soon as a page settles fewer names than it
/// is worth, the rest is asked for one by one.
public final class Looking {
    /// A page brings a thousand entries, one after the other: it costs the store, and us, as much as many questions
    /// about single files, which go out together.
    static final int WORTH_A_PAGE = 20;

    private static final int TOGETHER = 64;

    /// In the order in which buckets list their keys.
    private static final Comparator<String> BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /// What a bucket can be asked. Each is one request.
    public interface Bucket {
        /// All that there is to know of one file; empty where it is not there.
        ///
        /// @param key its whole name in the bucket
        Optional<StoredFile> head(String key) throws InterruptedException;

        /// Files in the order of their keys.
        ///
        /// @param prefix of all keys
        /// @param from where it may begin; some before it do no harm
        Page list(String prefix, String from) throws InterruptedException;
    }

    /// One answer of a listing.
    ///
    /// @param files in order
    /// @param last whether nothing comes behind it
    public record Page(List<Entry> files, boolean last) {
        public Page {
            files = List.copyOf(files);
        }
    }

    /// @param sufficient whether it says enough to compare contents by; otherwise the file is asked for by itself
    public record Entry(String key, StoredFile file, boolean sufficient) {}

    private final Base base;
    private final Bucket bucket;

    public Looking(Base base, Bucket bucket) {
        this.base = base;
        this.bucket = bucket;
    }

    /// @return those that are there
    /// @throws RegistryException when there is no such bucket
    public Map<FileName, StoredFile> look(Collection<FileName> names) throws InterruptedException {
        TreeMap<String, FileName> open = new TreeMap<>(BYTES);
        names.forEach(name -> open.put(base.key(name), name));
        if (open.isEmpty()) {
            return Map.of();
        }
        String prefix = commonPrefix(open.firstKey(), open.lastKey());
        Map<FileName, StoredFile> found = new ConcurrentHashMap<>();
        boolean listed = open.size() >= WORTH_A_PAGE;
        if (listed) {
            list(prefix, open, found);
        }
        Workers.each(
                open.entrySet(),
                TOGETHER,
                file -> bucket.head(file.getKey()).ifPresent(there -> found.put(file.getValue(), there)));
        if (found.isEmpty() && !listed) {
            requireBucket(prefix);
        }
        return Map.copyOf(found);
    }

    private void requireBucket(String prefix) throws InterruptedException {
        try {
            bucket.list(prefix, prefix);
        } catch (OciException e) {
            if (e instanceof RegistryException refusal && refusal.status() == 404) {
                throw e;
            }
            // Whoever may look a file up need not be allowed to list, and the file is what was asked for.
        }
    }

    private void list(String prefix, NavigableMap<String, FileName> open, Map<FileName, StoredFile> found)
            throws InterruptedException {
        Map<String, FileName> unclear = new TreeMap<>();
        while (!open.isEmpty()) {
            int before = open.size();
            Page page = bucket.list(prefix, open.firstKey());
            for (Entry entry : page.files()) {
                FileName name = open.remove(entry.key());
                if (name != null && entry.sufficient()) {
                    found.put(name, entry.file());
                } else if (name != null) {
                    unclear.put(entry.key(), name);
                }
            }
            if (page.last()) {
                open.clear();
            } else if (!page.files().isEmpty()) {
                if (!isInOrder(page.files())) {
                    break;
                }
                // What would have come before the last of the page is not there.
                open.headMap(page.files().getLast().key(), true).clear();
            }
            if (before - open.size() < WORTH_A_PAGE) {
                break;
            }
        }
        open.putAll(unclear);
    }

    /// Some that speak like S3 list in an order of their own, and so do directory buckets: then a page tells
    /// nothing of what is not in it.
    private static boolean isInOrder(List<Entry> files) {
        for (int i = 1; i < files.size(); i++) {
            if (BYTES.compare(files.get(i - 1).key(), files.get(i).key()) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static String commonPrefix(String first, String last) {
        int same = 0;
        int most = Math.min(first.length(), last.length());
        while (same < most && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        // Half a character can't be asked for.
        if (same > 0 && Character.isHighSurrogate(first.charAt(same - 1))) {
            same--;
        }
        return first.substring(0, same);
    }
}
