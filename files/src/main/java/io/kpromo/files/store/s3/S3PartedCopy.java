// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.files.store.s3.S3Uploads.Part;
import io.kpromo.files.store.s3.S3Writer.Expected;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.oci.http.RegistryException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.LongStream;

/// Copies an object within a cloud that is too large to be copied by one request, part by part (S3 API Reference,
/// "UploadPartCopy"), and never sees its bytes.
///
/// The entity tag of an object that came in parts is made of the MD5 of each. So a copy of just the same parts has the
/// same tag, and that is looked at before they are put together: nothing can be seen that was not proven. Where the
/// object came in other parts, or lies encrypted so that tags are none of this, there is no such proof, and no copy.
final class S3PartedCopy {
    /// Parts that are copied at the same time; each takes the store about as long as reading it.
    private static final int AT_ONCE = 8;

    private final S3Client client;
    private final S3Uploads uploads;
    private final S3Options options;
    private final S3Writer writer;

    S3PartedCopy(S3Client client, S3Uploads uploads, S3Options options, S3Writer writer) {
        this.client = client;
        this.uploads = uploads;
        this.options = options;
        this.writer = writer;
    }

    /// @param path of the object that is copied: its bucket and key
    /// @return false where that would not be proven right; nothing is left of it then
    boolean copy(
            S3Uploads.Path path,
            StoredFile seen,
            String key,
            Expected expected,
            Map<String, String> recorded,
            Optional<StoredFile> replaced)
            throws InterruptedException {
        long size = seen.size();
        long part = options.partOf(size);
        int count = Math.toIntExact(Math.ceilDiv(size, part));
        if (!seen.version().endsWith("-" + count + "\"")) {
            return false;
        }
        // Without sums: those of the parts' copies are not what all stores give back (versitygw 1.8 gives that of the
        // whole source).
        try (PartedUpload upload = PartedUpload.open(client, uploads, writer, key, recorded, false)) {
            ConcurrentMap<Integer, Part> copied = new ConcurrentHashMap<>();
            List<Integer> numbers =
                    LongStream.rangeClosed(1, count).mapToObj(Math::toIntExact).toList();
            try {
                Workers.each(numbers, AT_ONCE, number -> {
                    long from = (number - 1) * part;
                    long end = Math.min(size, from + part);
                    copied.put(number, uploads.copyPart(path, seen, key, upload.id(), number, from, end));
                });
            } catch (RegistryException e) {
                if (upload.isOvertaken(e, expected, replaced)) {
                    return true;
                }
                throw e;
            }
            List<Part> parts =
                    numbers.stream().map(number -> copied.get(number)).toList();
            if (!tagOf(parts).equals(Optional.of(seen.version()))) {
                return false;
            }
            upload.finish(parts, expected, replaced);
            return true;
        }
    }

    /// The entity tag of what is put together of these parts; empty where theirs are no MD5.
    private static Optional<String> tagOf(List<Part> parts) {
        MessageDigest hasher = Checksums.md5();
        for (Part part : parts) {
            Optional<String> md5 = ObjectHead.md5(part.etag());
            if (md5.isEmpty()) {
                return Optional.empty();
            }
            hasher.update(HexFormat.of().parseHex(md5.get()));
        }
        return Optional.of("\"" + HexFormat.of().formatHex(hasher.digest()) + "-" + parts.size() + "\"");
    }
}
