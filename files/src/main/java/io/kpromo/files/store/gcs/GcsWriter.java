// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.files.store.gcs.GcsUploads.Rewritten;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.RegistryException;
import java.util.Optional;

/// Writes files into a bucket: in one request, or by an upload that can be gone on with where they are large. What
/// the store says that it has is held against what it was sent, always.
final class GcsWriter {
    private static final int PRECONDITION = 412;
    /// Bytes that one request copies at least ("Objects: rewrite"), and requests that may be needed for other reasons.
    private static final long LEAST_STEP = 1 << 20;

    private static final int MOST_STEPS = 100;

    private final GcsClient client;
    private final GcsUploads uploads;
    private final GcsLargeWrite large;

    GcsWriter(GcsClient client, GcsLargeWrite.Pauses pauses) {
        this.client = client;
        this.uploads = new GcsUploads(client);
        this.large = new GcsLargeWrite(client, uploads, pauses);
    }

    void write(String key, Incoming file, Optional<StoredFile> replaced) throws InterruptedException {
        try {
            if (file.small()) {
                Sums sums = file.awaitAll();
                Body body = file.size() == 0 ? Body.of(new byte[0]) : file.part(0, file.size());
                check(key, uploads.insert(key, body, file.sha256(), sums, replaced), file.size(), sums);
            } else {
                GcsLargeWrite.Sent sent = large.write(key, file, replaced);
                check(key, sent.object(), file.size(), new Sums(Optional.empty(), Optional.of(sent.crc32c())));
            }
        } catch (RegistryException e) {
            if (!settled(key, file, replaced, e)) {
                throw e;
            }
        }
    }

    /// Whether the object is what it should be though its writing was refused: an earlier try got there whose
    /// answer did not get back, or somebody else wrote the same.
    ///
    /// @throws StoreException where somebody else wrote something else
    private boolean settled(String key, Incoming file, Optional<StoredFile> replaced, RegistryException refusal)
            throws InterruptedException {
        if (refusal.status() != PRECONDITION && !refusal.temporary()) {
            return false;
        }
        Optional<StoredFile> there;
        try {
            there = client.head(key);
        } catch (OciException e) {
            refusal.addSuppressed(e);
            return false;
        }
        if (there.isPresent()
                && there.get().size() == file.size()
                && there.get().sha256().equals(Optional.of(file.sha256()))) {
            return true;
        }
        if (there.isPresent() && !there.map(StoredFile::version).equals(replaced.map(StoredFile::version))) {
            throw new StoreException(
                    "write " + client.url(key) + ": somebody else wrote something else there meanwhile, which is left"
                            + " as it is; see what it is, and run again",
                    refusal);
        }
        return false;
    }

    /// Copies without the bytes passing through here.
    ///
    /// @return false where the store does not
    boolean copy(String bucket, String from, StoredFile seen, String key, Digest sha256, Optional<StoredFile> replaced)
            throws InterruptedException {
        Rewritten rewritten = new Rewritten(Optional.empty(), "");
        long left = MOST_STEPS + seen.size() / LEAST_STEP;
        do {
            if (left-- == 0) {
                throw new StoreException("copy gs://" + bucket + "/" + from + " to " + client.url(key)
                        + ": the store goes on and comes to no end; see what it has, and run again");
            }
            try {
                rewritten = uploads.rewrite(bucket, from, seen, key, sha256, replaced, rewritten.token());
            } catch (RegistryException e) {
                if (e.temporary()) {
                    throw e;
                }
                // Whoever may write here need not be allowed to read there; bytes that pass through us need no such
                // right.
                return false;
            }
        } while (rewritten.object().isEmpty());
        check(key, rewritten.object().get(), seen.size(), seen.sums());
        return true;
    }

    private void check(String key, GcsObject object, long size, Sums sums) throws InterruptedException {
        StoredFile there = object.file();
        if (there.size() != size) {
            throw wrong(key, there, there.size() + " bytes rather than " + size);
        }
        Optional<Integer> crc = there.sums().crc32c();
        if (sums.crc32c().isPresent() && crc.isPresent() && !crc.equals(sums.crc32c())) {
            throw wrong(
                    key,
                    there,
                    "CRC32C " + Checksums.base64(crc.get()) + " rather than "
                            + Checksums.base64(sums.crc32c().get()));
        }
        if (!sums.agree(there.sums()).orElse(true)) {
            throw wrong(key, there, there.sums() + " rather than " + sums);
        }
    }

    /// Removes what is wrong, that generation and no other: what was recorded beside it says that it is right.
    private StoreException wrong(String key, StoredFile there, String how) throws InterruptedException {
        StoreException wrong = new StoreException("write " + client.url(key)
                + ": the store says that it has other content than it was sent, with " + how
                + "; it was asked to remove it");
        try {
            client.delete(key, there.version());
        } catch (OciException e) {
            wrong.addSuppressed(e);
        }
        return wrong;
    }
}
