// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.files.store.bucket.Escapes;
import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is asked of one bucket to write to it. Every method is one request.
final class S3Uploads {
    private static final String ALGORITHM = "x-amz-checksum-algorithm";

    private final S3Client client;

    S3Uploads(S3Client client) {
        this.client = client;
    }

    /// That nothing is replaced but what was seen (S3 User Guide, "Conditional writes").
    private static S3Request condition(S3Request request, Optional<StoredFile> replaced) {
        return replaced.isPresent()
                ? request.with("if-match", replaced.get().version())
                : request.with("if-none-match", "*");
    }

    private static S3Request object(Method method, String key, Kind kind, String why, Map<String, String> recorded) {
        return S3Request.of(method, key, kind, why)
                .with("content-type", "application/octet-stream")
                .with(recorded);
    }

    private String writes(String key) {
        return "write " + client.url(key);
    }

    /// Writes an object at once; S3 refuses other bytes than those of the digest.
    Written put(String key, Body body, Digest sha256, Map<String, String> recorded, Optional<StoredFile> replaced)
            throws InterruptedException {
        S3Request request = object(Method.PUT, key, Kind.PUT_FILE, writes(key), recorded)
                .with(Trailing.HEADER, Checksums.base64(sha256.bytes()))
                .sending(body, Payload.of(sha256));
        return client.ask(condition(request, replaced), Set.of(), S3Uploads::written);
    }

    private static Written written(Response response) {
        String etag = response.header("ETag").orElse("");
        return new Written(etag, ObjectHead.sha256(response), ObjectHead.md5(response, etag));
    }

    /// Opens an upload in parts.
    ///
    /// @param sums whether its parts have sums
    /// @return the upload's name
    String open(String key, Map<String, String> recorded, boolean sums) throws InterruptedException {
        S3Request request = object(Method.POST, key, Kind.POST_UPLOAD, writes(key), recorded)
                .asking("uploads", "");
        return client.ask(sums ? request.with(ALGORITHM, "SHA256") : request, Set.of(), response -> {
            String id = client.result(response, writes(key)).getOrDefault("UploadId", "");
            if (id.isEmpty()) {
                throw new IOException("the store opens an upload without naming it");
            }
            return id;
        });
    }

    /// A part that the store has.
    ///
    /// @param number from 1
    /// @param sha256 in base64; empty where it has none
    record Part(int number, String etag, String sha256) {}

    /// Sends a part; what was sent before by the same number is replaced.
    Part part(String key, String upload, int number, Body content, boolean sums) throws InterruptedException {
        Trailing trailing = new Trailing(content);
        S3Request request = S3Request.of(
                        Method.PUT, key, Kind.PUT_PART, "write part " + number + " of " + client.url(key))
                .asking("partNumber", Integer.toString(number))
                .asking("uploadId", upload);
        S3Request sent = sums
                ? request.with("content-encoding", "aws-chunked")
                        .with("x-amz-trailer", Trailing.HEADER)
                        .with("x-amz-decoded-content-length", Long.toString(content.length()))
                        .sending(trailing, Payload.TRAILING)
                : request.sending(content, Payload.UNSIGNED);
        return client.ask(sent, Set.of(), response -> {
            String etag = response.header("ETag").orElseThrow(() -> new IOException("the part has no entity tag"));
            String theirs = response.header(Trailing.HEADER).orElse(trailing.sum());
            if (sums && !theirs.equals(trailing.sum())) {
                throw new IOException("the store has a part with SHA-256 " + theirs + " rather than " + trailing.sum());
            }
            return new Part(number, etag, sums ? trailing.sum() : "");
        });
    }

    /// Makes an object of the parts.
    ///
    /// @return the sum over the parts' sums as the store gives it, `…-3` for three parts; empty where it gives none
    Optional<String> finish(String key, String upload, List<Part> parts, Optional<StoredFile> replaced)
            throws InterruptedException {
        byte[] body = list(parts).getBytes(StandardCharsets.UTF_8);
        S3Request request = S3Request.of(Method.POST, key, Kind.FINISH_UPLOAD, writes(key))
                .asking("uploadId", upload)
                .with("content-type", "application/xml")
                .sending(Body.of(body), Payload.of(body));
        return client.ask(
                condition(request, replaced),
                Set.of(),
                response ->
                        Optional.ofNullable(client.result(response, writes(key)).get("ChecksumSHA256")));
    }

    private static String list(List<Part> parts) {
        StringBuilder xml = new StringBuilder(parts.size() * 160)
                .append("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        for (Part part : parts) {
            xml.append("<Part>");
            if (!part.sha256().isEmpty()) {
                xml.append("<ChecksumSHA256>").append(part.sha256()).append("</ChecksumSHA256>");
            }
            xml.append("<ETag>")
                    .append(part.etag().replace("&", "&amp;").replace("<", "&lt;"))
                    .append("</ETag><PartNumber>")
                    .append(part.number())
                    .append("</PartNumber></Part>");
        }
        return xml.append("</CompleteMultipartUpload>").toString();
    }

    /// Uploads of one object that nobody has ended yet; those of keys that begin with this one may be among them.
    List<OpenUpload> open(String key) throws InterruptedException {
        S3Request request = S3Request.of(
                        Method.GET, "", Kind.LIST_UPLOADS, "list what is being written to " + client.url(key))
                .asking("uploads", "")
                .asking("encoding-type", "url")
                .asking("prefix", key);
        return client.ask(request, Set.of(), response -> Xml.openUploads(response.body()));
    }

    /// Gives an upload up, so that its parts cost nobody anything.
    void abort(String key, String upload) throws InterruptedException {
        client.ask(
                S3Request.of(Method.DELETE, key, Kind.CANCEL_UPLOAD, "give up writing " + client.url(key))
                        .asking("uploadId", upload),
                Set.of(404),
                response -> true);
    }

    /// Where an object of the same cloud lies that is copied from.
    record Path(String bucket, String key) {
        private String header() {
            return "/" + Escapes.whole(bucket) + "/" + Escapes.path(key);
        }

        @Override
        public String toString() {
            return "s3://" + bucket + "/" + key;
        }
    }

    /// Makes a part of what lies in the same cloud.
    ///
    /// @param start its first byte there
    /// @param end the first byte after it
    Part copyPart(Path from, StoredFile seen, String key, String upload, int number, long start, long end)
            throws InterruptedException {
        String why = "copy part " + number + " of " + from + " to " + client.url(key);
        S3Request request = S3Request.of(Method.PUT, key, Kind.COPY_FILE, why)
                .asking("partNumber", Integer.toString(number))
                .asking("uploadId", upload)
                .with("x-amz-copy-source", from.header())
                .with("x-amz-copy-source-if-match", seen.version())
                .with("x-amz-copy-source-range", "bytes=" + start + "-" + (end - 1));
        return client.ask(request, Set.of(), response -> {
            String etag = client.result(response, why).getOrDefault("ETag", "");
            return new Part(number, etag, "");
        });
    }

    /// Copies an object of the same cloud, which works out its SHA-256 on the way.
    Written copy(Path from, StoredFile seen, String key, Map<String, String> recorded, Optional<StoredFile> replaced)
            throws InterruptedException {
        String why = "copy " + from + " to " + client.url(key);
        S3Request request = object(Method.PUT, key, Kind.COPY_FILE, why, recorded)
                .with("x-amz-copy-source", from.header())
                .with("x-amz-copy-source-if-match", seen.version())
                .with("x-amz-metadata-directive", "REPLACE")
                .with(ALGORITHM, "SHA256");
        return client.ask(condition(request, replaced), Set.of(), response -> {
            Map<String, String> result = client.result(response, why);
            String etag = result.getOrDefault("ETag", "");
            Optional<Digest> sum = Optional.ofNullable(result.get("ChecksumSHA256"))
                    .flatMap(text -> Checksums.hex(text, 32))
                    .flatMap(ObjectHead::digest);
            return new Written(etag, sum, ObjectHead.md5(response, etag));
        });
    }
}
