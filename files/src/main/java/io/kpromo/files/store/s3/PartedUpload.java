// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.files.store.s3.S3Uploads.Part;
import io.kpromo.files.store.s3.S3Writer.Expected;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.RegistryException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An upload in parts from its opening to its end: an object of all of them, or nothing (S3 User Guide, "Uploading and
/// copying objects using multipart upload"). Who closes it without having finished it gives it up.
final class PartedUpload implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final S3Client client;
    private final S3Uploads uploads;
    private final S3Writer writer;
    private final String key;
    private final String id;
    private final boolean sums;
    private boolean done;

    private PartedUpload(S3Client client, S3Uploads uploads, S3Writer writer, String key, String id, boolean sums) {
        this.client = client;
        this.uploads = uploads;
        this.writer = writer;
        this.key = key;
        this.id = id;
        this.sums = sums;
    }

    /// One request.
    ///
    /// @param recorded beside the object
    /// @param sums whether its parts have sums
    static PartedUpload open(
            S3Client client, S3Uploads uploads, S3Writer writer, String key, Map<String, String> recorded, boolean sums)
            throws InterruptedException {
        return new PartedUpload(client, uploads, writer, key, uploads.open(key, recorded, sums), sums);
    }

    /// As the store calls it.
    String id() {
        return id;
    }

    /// Makes an object of the parts, and looks whether the store made the right one. Then takes away what killed runs
    /// have left of the same object: with that in place, nobody needs it.
    void finish(List<Part> parts, Expected expected, Optional<StoredFile> replaced) throws InterruptedException {
        List<OpenUpload> left = leftBehind();
        put(parts, expected, replaced);
        for (OpenUpload upload : left) {
            giveUp(upload.id());
        }
    }

    /// What the same account has begun to write here before us, and not ended. Were it another run that still
    /// writes, it would come too late, find the right object, and be content ([#isOvertaken]).
    private List<OpenUpload> leftBehind() throws InterruptedException {
        try {
            List<OpenUpload> open = uploads.open(key);
            return open.stream()
                    .filter(upload -> upload.id().equals(id))
                    .findFirst()
                    .map(ours ->
                            open.stream().filter(other -> other.isBefore(ours)).toList())
                    .orElse(List.of());
        } catch (OciException e) {
            // Not everybody who may write may list, and not every store knows the question.
            return List.of();
        }
    }

    private void giveUp(String upload) throws InterruptedException {
        try {
            uploads.abort(key, upload);
        } catch (OciException e) {
            // What was to be written is there; the next one may take it away.
        }
    }

    /// Whether the upload is gone because another run has put the same object there, and taken this away with all
    /// else that was begun before.
    boolean isOvertaken(RegistryException refusal, Expected expected, Optional<StoredFile> replaced)
            throws InterruptedException {
        done = refusal.status() == 404 && writer.settled(key, expected, replaced, refusal);
        return done;
    }

    private void put(List<Part> parts, Expected expected, Optional<StoredFile> replaced) throws InterruptedException {
        Optional<String> sum;
        try {
            sum = uploads.finish(key, id, parts, replaced);
        } catch (RegistryException e) {
            if (writer.settled(key, expected, replaced, e)) {
                done = true;
                return;
            }
            throw e;
        }
        done = true;
        if (sums && sum.isPresent()) {
            if (!sum.get().equals(sumOf(parts))) {
                throw wrong("SHA-256 " + sum.get() + " over its parts rather than " + sumOf(parts));
            }
            return;
        }
        Optional<StoredFile> there = client.head(key);
        if (there.isEmpty() || there.get().size() != expected.size()) {
            throw wrong(there.map(StoredFile::size).orElse(0L) + " bytes rather than " + expected.size());
        }
    }

    private OciException wrong(String how) throws InterruptedException {
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
    @Override
    public void close() {
        if (done) {
            return;
        }
        Thread last = Thread.ofVirtual().name("give up " + key).start(() -> {
            try {
                uploads.abort(key, id);
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
