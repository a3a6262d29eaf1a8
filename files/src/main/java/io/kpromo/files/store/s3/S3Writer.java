// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.RegistryException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Writes files into a bucket: in one request, or in parts where they are large.
final class S3Writer {
    /// Writers at the same time are refused with 409 rather than 412 (S3 User Guide, "Conditional writes").
    private static final int CONFLICT = 409;

    private static final int PRECONDITION = 412;
    private static final int TRIES = 3;

    private final S3Client client;
    private final S3Uploads uploads;
    private final S3Options options;

    S3Writer(S3Client client, S3Options options) {
        this.client = client;
        this.uploads = new S3Uploads(client);
        this.options = options;
    }

    /// What is recorded beside an object. Of a file that is not in memory only what is known before its first byte.
    private static Map<String, String> recorded(Digest sha256) {
        Map<String, String> recorded = new HashMap<>();
        recorded.put(ObjectHead.RECORDED, sha256.hex());
        return recorded;
    }

    private static Map<String, String> recorded(Incoming file, Sums sums) throws InterruptedException {
        Map<String, String> recorded = recorded(file.sha256());
        sums.md5().ifPresent(md5 -> recorded.put("x-amz-meta-content-hash-md5", md5));
        recorded.put("x-amz-meta-content-hash-sha512", file.sha512().hex());
        return recorded;
    }

    void write(String key, Incoming file, Optional<StoredFile> replaced) throws InterruptedException {
        Expected expected = new Expected(file.size(), file.sha256());
        if (file.small()) {
            Sums sums = file.awaitAll();
            put(key, expected, body(file), recorded(file, sums), sums.md5(), replaced);
        } else if (file.size() <= options.whole()) {
            put(key, expected, body(file), recorded(file.sha256()), Optional.empty(), replaced);
        } else {
            new S3PartedWrite(client, uploads, options, this).write(key, file, recorded(file.sha256()), replaced);
        }
    }

    private static Body body(Incoming file) {
        return file.size() == 0 ? Body.of(new byte[0]) : file.part(0, file.size());
    }

    /// What an object has to be.
    record Expected(long size, Digest sha256) {
        boolean isMet(StoredFile there) {
            return there.size() == size && there.sha256().equals(Optional.of(sha256));
        }
    }

    private void put(
            String key,
            Expected expected,
            Body body,
            Map<String, String> recorded,
            Optional<String> md5,
            Optional<StoredFile> replaced)
            throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                check(key, expected, uploads.put(key, body, expected.sha256(), recorded, replaced), md5);
                return;
            } catch (RegistryException e) {
                if (settled(key, expected, replaced, e)) {
                    return;
                }
                if (e.status() != CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /// Whether an object is what it should be though its writing was refused: an earlier try got there whose answer
    /// did not get back, or somebody else wrote the same.
    ///
    /// @throws StoreException where somebody else wrote something else; some stores say so by a broken connection
    boolean settled(String key, Expected expected, Optional<StoredFile> replaced, RegistryException refusal)
            throws InterruptedException {
        boolean conflict = refusal.status() == PRECONDITION || refusal.status() == CONFLICT;
        if (!conflict && !refusal.temporary() && refusal.status() != 404) {
            return false;
        }
        Optional<StoredFile> there;
        try {
            there = client.head(key);
        } catch (OciException e) {
            refusal.addSuppressed(e);
            return false;
        }
        if (there.filter(expected::isMet).isPresent()) {
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
    /// @return false where this cloud does not
    boolean copy(S3Uploads.Path from, StoredFile seen, String key, Digest sha256, Optional<StoredFile> replaced)
            throws InterruptedException {
        Expected expected = new Expected(seen.size(), sha256);
        Written written;
        try {
            Map<String, String> recorded = recorded(sha256);
            if (seen.size() > options.copied()) {
                return new S3PartedCopy(client, uploads, options, this)
                        .copy(from, seen, key, expected, recorded, replaced);
            }
            seen.sums().md5().ifPresent(md5 -> recorded.put("x-amz-meta-content-hash-md5", md5));
            written = uploads.copy(from, seen, key, recorded, replaced);
        } catch (RegistryException e) {
            if (e.temporary()) {
                throw e;
            }
            // Whoever may write here need not be allowed to read there; bytes that pass through us need no such right.
            return false;
        }
        check(key, expected, written, seen.sums().md5());
        return true;
    }

    /// Holds what the store says that it took against what it was given.
    private void check(String key, Expected expected, Written written, Optional<String> md5)
            throws InterruptedException {
        if (written.sha256().isPresent()) {
            if (!written.sha256().get().equals(expected.sha256())) {
                throw wrong(
                        key, written.etag(), "SHA-256 " + written.sha256().get().hex());
            }
        } else if (md5.isPresent()
                && written.md5().isPresent()
                && !written.md5().equals(md5)) {
            throw wrong(key, written.etag(), "MD5 " + written.md5().get() + " rather than " + md5.get());
        }
    }

    /// Removes what is wrong: what was recorded beside it says that it is right.
    StoreException wrong(String key, String version, String how) throws InterruptedException {
        StoreException wrong = new StoreException("write " + client.url(key)
                + ": the store says that it has other content than it was sent, with " + how
                + "; it was asked to remove it");
        try {
            client.delete(key, version);
        } catch (OciException e) {
            wrong.addSuppressed(e);
        }
        return wrong;
    }
}
