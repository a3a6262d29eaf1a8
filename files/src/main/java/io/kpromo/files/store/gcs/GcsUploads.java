// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.files.store.bucket.Escapes;
import io.kpromo.files.store.gcs.GcsCall.Question;
import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is asked of one bucket to write to it. Every method is one request.
final class GcsUploads {
    private static final String JSON = "application/json; charset=UTF-8";
    private static final String OCTETS = "application/octet-stream";

    private final GcsClient client;

    GcsUploads(GcsClient client) {
        this.client = client;
    }

    private String writes(String key) {
        return "write " + client.url(key);
    }

    /// That nothing is replaced but what was seen ("Request preconditions").
    private static String condition(Optional<StoredFile> replaced) {
        return "ifGenerationMatch=" + replaced.map(StoredFile::version).orElse("0");
    }

    private String uploads(String type, Optional<StoredFile> replaced) {
        return client.place().above() + "/upload/storage/v1/b/" + Escapes.whole(client.bucket()) + "/o?uploadType="
                + type + "&" + condition(replaced) + "&fields=" + Escapes.whole(GcsObject.FIELDS);
    }

    /// What goes before the bytes. With sums Google refuses other bytes.
    private static byte[] description(String key, Digest sha256, Sums sums) {
        ObjectNode object = GcsObject.Json.MAPPER.createObjectNode();
        object.put("name", key).put("contentType", OCTETS);
        object.putObject("metadata").put(GcsObject.RECORDED, sha256.hex());
        sums.crc32c().ifPresent(crc -> object.put("crc32c", Checksums.base64(crc)));
        sums.md5().ifPresent(md5 -> object.put("md5Hash", Checksums.base64(md5)));
        return GcsObject.Json.MAPPER.writeValueAsBytes(object);
    }

    private static GcsObject object(Response response) throws IOException {
        return GcsObject.read(GcsObject.json(response.body()));
    }

    /// Writes an object at once.
    GcsObject insert(String key, Body content, Digest sha256, Sums sums, Optional<StoredFile> replaced)
            throws InterruptedException {
        Related body = new Related(description(key, sha256, sums), content, OCTETS);
        Question question = Question.of(Method.POST, uploads("multipart", replaced), Kind.PUT_FILE, writes(key))
                .sending(body.type(), body);
        return client.ask(question, GcsUploads::object);
    }

    /// Opens an upload that can be gone on with after it broke ("Resumable uploads").
    ///
    /// @return its path and query: whoever knows them may write
    String open(String key, long size, Digest sha256, Optional<StoredFile> replaced) throws InterruptedException {
        Question question = Question.of(Method.POST, uploads("resumable", replaced), Kind.POST_UPLOAD, writes(key))
                .with(() -> Map.of("X-Upload-Content-Type", OCTETS, "X-Upload-Content-Length", Long.toString(size)))
                .sending(JSON, Body.of(description(key, sha256, Sums.none())));
        return client.ask(question, response -> {
            try {
                // Where the upload goes on stays the host that was asked, whatever name it gives itself.
                URI location = new URI(response.header("Location").orElse(""));
                if (location.getRawPath() != null && location.getRawPath().startsWith("/")) {
                    return location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery());
                }
            } catch (URISyntaxException e) {
                // Said below: the address itself is a secret.
            }
            throw new IOException("the store opens an upload without saying where");
        });
    }

    /// How far an upload came.
    sealed interface Progress {
        record Done(GcsObject object) implements Progress {}

        /// @param bytes that the store keeps
        record Kept(long bytes) implements Progress {}
    }

    /// Sends all from an offset on. Not repeated by itself: after a failure ask [#progress].
    Progress send(String key, String upload, long offset, long size, Body rest) throws InterruptedException {
        Question question = Question.of(Method.PUT, upload, Kind.PATCH_UPLOAD, writes(key))
                .with("Content-Range", "bytes " + offset + "-" + (size - 1) + "/" + size)
                .sending(OCTETS, rest)
                .answering(308);
        return client.ask(question, response -> progress(response, size));
    }

    /// Asks how far an upload came.
    Progress progress(String key, String upload, long size) throws InterruptedException {
        Question question = Question.of(Method.PUT, upload, Kind.UPLOAD_STATUS, writes(key))
                .with("Content-Range", "bytes */" + size)
                .answering(308);
        return client.ask(question, response -> progress(response, size));
    }

    private static Progress progress(Response response, long size) throws IOException {
        if (response.status() != 308) {
            return new Progress.Done(object(response));
        }
        String range = response.header("Range").orElse("");
        if (range.isEmpty()) {
            return new Progress.Kept(0);
        }
        try {
            long last = Long.parseLong(range.substring(range.indexOf('-') + 1).strip());
            if (range.startsWith("bytes=0-") && last >= 0 && last < size) {
                return new Progress.Kept(last + 1);
            }
        } catch (NumberFormatException e) {
            throw new IOException("the store does not say how much it keeps: \"" + range + "\"", e);
        }
        throw new IOException("the store does not say how much it keeps: \"" + range + "\"");
    }

    /// Gives an upload up.
    void cancel(String key, String upload) throws InterruptedException {
        client.ask(
                Question.of(Method.DELETE, upload, Kind.CANCEL_UPLOAD, "give up writing " + client.url(key))
                        .answering(404, 410, 499),
                response -> true);
    }

    /// Copies a part of an object of the same cloud, and says how to go on with the rest.
    ///
    /// @param bucket that it comes from
    /// @param token of the answer before; empty in the beginning
    Rewritten rewrite(
            String bucket,
            String from,
            StoredFile seen,
            String key,
            Digest sha256,
            Optional<StoredFile> replaced,
            String token)
            throws InterruptedException {
        String target = client.place().above() + "/storage/v1/b/" + Escapes.whole(bucket) + "/o/"
                + Escapes.whole(from) + "/rewriteTo/b/" + Escapes.whole(client.bucket()) + "/o/"
                + Escapes.whole(key) + "?" + condition(replaced) + "&sourceGeneration=" + seen.version()
                + (token.isEmpty() ? "" : "&rewriteToken=" + Escapes.whole(token));
        String why = "copy gs://" + bucket + "/" + from + " to " + client.url(key);
        Question question = Question.of(Method.POST, target, Kind.COPY_FILE, why)
                .sending(JSON, Body.of(description(key, sha256, Sums.none())));
        return client.ask(question, response -> {
            JsonNode root = GcsObject.json(response.body());
            if (root.path("done").asBoolean(false)) {
                return new Rewritten(Optional.of(GcsObject.read(root.path("resource"))), "");
            }
            String next = root.path("rewriteToken").asString("");
            if (next.isEmpty()) {
                throw new StoreException(why + ": the store neither ends nor says how to go on");
            }
            return new Rewritten(Optional.empty(), next);
        });
    }

    /// @param object when it is done
    /// @param token to go on with, when it is not
    record Rewritten(Optional<GcsObject> object, String token) {}
}
