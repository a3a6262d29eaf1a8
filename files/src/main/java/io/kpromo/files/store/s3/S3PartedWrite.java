// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.s3.S3Uploads.Part;
import io.kpromo.files.store.s3.S3Writer.Expected;
import io.kpromo.oci.feed.LostPlace;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a large file in parts. A part that breaks is sent again, and none of the others; nothing can be seen before
/// all of them have been put together.
final class S3PartedWrite {
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
        try (PartedUpload upload = PartedUpload.open(client, uploads, writer, key, recorded, options.partSums())) {
            Expected expected = new Expected(file.size(), file.sha256());
            List<Part> parts;
            try {
                parts = send(key, upload.id(), file);
            } catch (RegistryException e) {
                if (upload.isOvertaken(e, expected, replaced)) {
                    return;
                }
                throw e;
            }
            upload.finish(parts, expected, replaced);
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
}
