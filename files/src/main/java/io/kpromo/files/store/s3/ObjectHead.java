// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.http.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what the headers of an answer say of an object.
final class ObjectHead {
    /// Where the SHA-256 is recorded, in hex.
    static final String RECORDED = "x-amz-meta-content-hash-sha256";

    private static final Pattern MD5 = Pattern.compile("\"?([0-9a-f]{32})\"?");

    private ObjectHead() {}

    /// @throws IOException when it does not say how long the object is
    static StoredFile read(Response response) throws IOException {
        String etag = response.header("ETag").orElse("");
        // What the store worked out itself counts for more than what somebody recorded.
        Optional<Digest> sha256 =
                sha256(response).or(() -> response.header(RECORDED).flatMap(ObjectHead::digest));
        Optional<Integer> crc32c = response.header("x-amz-checksum-crc32c").flatMap(Checksums::crc32c);
        return new StoredFile(length(response), sha256, new Sums(md5(response, etag), crc32c), etag);
    }

    /// Of the whole object: one that is made of the sums of its parts ends with their number, and is no base64.
    static Optional<Digest> sha256(Response response) {
        return response.header("x-amz-checksum-sha256")
                .flatMap(sum -> Checksums.hex(sum, 32))
                .flatMap(ObjectHead::digest);
    }

    static Optional<Digest> digest(String hex) {
        try {
            return Optional.of(Digest.parse("sha256:" + hex.strip()));
        } catch (InvalidNameException e) {
            // Whatever it is: it is not what we record.
            return Optional.empty();
        }
    }

    /// An entity tag is an MD5 unless the object came in parts, or lies encrypted with keys that others hold (S3
    /// User Guide, "Object entity tags").
    static Optional<String> md5(Response response, String etag) {
        boolean encrypted = response.header("x-amz-server-side-encryption")
                        .filter(kind -> !kind.equals("AES256"))
                        .isPresent()
                || response.header("x-amz-server-side-encryption-customer-algorithm")
                        .isPresent();
        return encrypted ? Optional.empty() : md5(etag);
    }

    static Optional<String> md5(String etag) {
        var match = MD5.matcher(etag);
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }

    private static long length(Response response) throws IOException {
        String length = response.header("Content-Length").orElse("");
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            throw new IOException("the answer does not say how long the file is: \"" + length + "\"", e);
        }
    }
}
