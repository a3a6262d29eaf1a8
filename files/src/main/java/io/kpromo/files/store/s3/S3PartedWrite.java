// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.files.store.s3.S3Uploads.Part;
import io.kpromo.files.store.s3.S3Writer.Expected;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.RegistryException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a large file in parts (S3 User Guide, "Uploading and copying objects using multipart upload"). A part
/// that breaks is sent again, and none of the others; nothing can be seen before all of them have been put
/// together.
final class S3PartedWrite {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final S3Client client;
    private final S3Uploads uploads;
    private final S3Options options;
    private final S3Writer writer;

    S3PartedWrite(S3Client client, S3Uploads uploads, S3Options options, S3Writer writer) {
        this.client = client;
        this.uploads = uploads;
        this.options = options;
        this.writer = writer;
    }

    void write(String key, Incoming file, Map<String, String> recorded, Optional<StoredFile> replaced)
            throws InterruptedException {
        String upload = uploads.open(key, recorded, options.partSums());
        boolean done = false;
        try {
            List<Part> parts = send(key, upload, file);
            finish(key, upload, parts, file, replaced);
            done = true;
        } finally {
            if (!done) {
                giveUp(key, upload);
            }
        }
    }

    private List<Part> send(String key, String upload, Incoming file) throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        long part = options.partOf(file.size());
        for (long at = 0; at < file.size(); at += part) {
            long length = Math.min(part, file.size() - at);
            parts.add(uploads.part(key, upload, parts.size() + 1, file.part(at, length), options.partSums()));
        }
        return parts;
    }

    private void finish(String key, String upload, List<Part> parts, Incoming file, Optional<StoredFile> replaced)
            throws InterruptedException {
        Expected expected = new Expected(file.size(), file.sha256());
        Optional<String> sum;
        try {
            sum = uploads.finish(key, upload, parts, replaced);
        } catch (RegistryException e) {
            if (writer.arrived(key, expected, e)) {
                return;
            }
            throw writer.refused(key, e);
        }
        if (options.partSums() && sum.isPresent()) {
            if (!sum.get().equals(sumOf(parts))) {
                throw wrong(key, "SHA-256 " + sum.get() + " over its parts rather than " + sumOf(parts));
            }
            return;
        }
        Optional<StoredFile> there = client.head(key);
        if (there.isEmpty() || there.get().size() != file.size()) {
            throw wrong(key, there.map(StoredFile::size).orElse(0L) + " bytes rather than " + file.size());
        }
    }

    private OciException wrong(String key, String how) throws InterruptedException {
        String version = client.head(key).map(StoredFile::version).orElse("*");
        return writer.wrong(key, version, how);
    }

    /// The sum over the sums of the parts, and their number (S3 User Guide, "Checking object integrity").
    private static String sumOf(List<Part> parts) {
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        parts.forEach(part -> hasher.update(Base64.getDecoder().decode(part.sha256())));
        return Checksums.base64(hasher.digest()) + "-" + parts.size();
    }

    /// Parts of an upload that nobody ends are kept, and paid for; so that is said even when we are to stop, on a
    /// thread that is waited for only a moment then.
    private void giveUp(String key, String upload) {
        Thread last = Thread.ofVirtual().name("give up " + key).start(() -> {
            try {
                uploads.abort(key, upload);
            } catch (OciException | InterruptedException e) {
                // What went wrong before is what the caller wants to hear of.
            }
        });
        boolean interrupted = Thread.interrupted();
        try {
            last.join(LAST_WORDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            last.interrupt();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
