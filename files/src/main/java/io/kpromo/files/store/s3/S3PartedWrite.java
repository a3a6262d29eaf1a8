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
import io.kpromo.oci.feed.LostPlace;
import io.kpromo.oci.http.Body;
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
        try (Cutting cutting = new Cutting(file)) {
            for (long at = 0; at < file.size(); at += part) {
                Body body = cutting.part(at, Math.min(part, file.size() - at));
                parts.add(part(key, upload, parts.size() + 1, body));
            }
        }
        return parts;
    }

    private Part part(String key, String upload, int number, Body body) throws InterruptedException {
        try {
            return uploads.part(key, upload, number, body, options.partSums());
        } catch (LostPlace e) {
            if (e.wrong()) {
                throw e;
            }
            // The others went on without us. What was sent is good, and this part is read again for us alone.
            return uploads.part(key, upload, number, body, options.partSums());
        }
    }

    private void finish(String key, String upload, List<Part> parts, Incoming file, Optional<StoredFile> replaced)
            throws InterruptedException {
        Expected expected = new Expected(file.size(), file.sha256());
        Optional<String> sum;
        try {
            sum = uploads.finish(key, upload, parts, replaced);
        } catch (RegistryException e) {
            if (writer.settled(key, expected, replaced, e)) {
                return;
            }
            throw e;
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
