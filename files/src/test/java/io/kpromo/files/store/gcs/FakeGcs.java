// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.files.store.Sums;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Buckets of Google's, as the documents of its JSON API have them.
final class FakeGcs implements AutoCloseable {
    /// What is kept of an upload that breaks is a multiple of this.
    static final int KEPT = 256 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final class Upload {
        private final String bucket;
        private final JsonNode description;
        private final String condition;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private Optional<FakeObject> done = Optional.empty();

        Upload(String bucket, JsonNode description, String condition) {
            this.bucket = bucket;
            this.description = description;
            this.condition = condition;
        }
    }

    private final LoopbackServer server = new LoopbackServer(this::answer);
    private final TreeMap<String, FakeObject> objects = new TreeMap<>(
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    private final Map<String, Upload> uploads = new HashMap<>();
    private final AtomicLong generations = new AtomicLong(1_700_000_000_000_000L);
    private final Map<String, Integer> rewrites = new HashMap<>();
    private int rewriteSteps = 1;

    LoopbackServer server() {
        return server;
    }

    /// Copies take so many requests from now on.
    FakeGcs rewritingIn(int steps) {
        rewriteSteps = steps;
        return this;
    }

    synchronized FakeObject put(String path, byte[] content, Map<String, String> recorded) {
        FakeObject object = new FakeObject(content, "", generations.incrementAndGet(), recorded, 0);
        objects.put(path, object);
        return object;
    }

    synchronized Optional<FakeObject> object(String path) {
        return Optional.ofNullable(objects.get(path));
    }

    synchronized void forgetUploads() {
        uploads.clear();
    }

    synchronized int openUploads() {
        return (int) uploads.values().stream().filter(u -> u.done.isEmpty()).count();
    }

    private synchronized Reply answer(Asked asked) {
        if (!asked.whole() && asked.asks("upload_id").isEmpty()) {
            return Reply.of(400);
        }
        String[] parts = asked.path().substring(1).split("/", -1);
        if (parts[0].equals("upload")) {
            return upload(Asked.decoded(parts[4]), asked);
        }
        String bucket = Asked.decoded(parts[3]);
        if (parts.length == 5) {
            return list(bucket, asked);
        }
        String path = bucket + "/" + Asked.decoded(parts[5]);
        if (parts.length > 6) {
            return rewrite(path, Asked.decoded(parts[8]), Asked.decoded(parts[10]), asked);
        }
        FakeObject object = objects.get(path);
        if (object == null
                || !asked.query()
                        .getOrDefault("generation", "" + object.generation())
                        .equals("" + object.generation())) {
            return error(404, "No such object: " + path);
        }
        return switch (asked.method()) {
            case "DELETE" -> {
                objects.remove(path);
                yield Reply.of(204);
            }
            default -> asked.asks("alt").isPresent() ? media(object, asked) : json(describe(path, object));
        };
    }

    static Reply error(int status, String message) {
        return Reply.of(status, "{\"error\": {\"code\": " + status + ", \"message\": \"" + message + "\"}}")
                .with("Content-Type", "application/json");
    }

    private static Reply json(JsonNode node) {
        return Reply.of(200, node.toString()).with("Content-Type", "application/json");
    }

    private static ObjectNode describe(String path, FakeObject object) {
        Sums sums = SampleFile.sums(object.content());
        ObjectNode node = JSON.createObjectNode()
                .put("name", path.substring(path.indexOf('/') + 1))
                .put("size", "" + object.content().length)
                .put("generation", "" + object.generation())
                .put("md5Hash", Checksums.base64(sums.md5().orElseThrow()))
                .put("crc32c", Checksums.base64(sums.crc32c().orElseThrow()));
        ObjectNode metadata = node.putObject("metadata");
        object.recorded().forEach(metadata::put);
        return node;
    }

    private Reply list(String bucket, Asked asked) {
        String prefix = bucket + "/" + asked.says("prefix");
        String from = bucket + "/" + asked.says("startOffset");
        int most = Integer.parseInt(asked.query().getOrDefault("maxResults", "1000"));
        ObjectNode root = JSON.createObjectNode();
        ArrayNode items = root.putArray("items");
        for (Map.Entry<String, FakeObject> entry : objects.tailMap(from, true).entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                if (items.size() == most) {
                    root.put("nextPageToken", "more");
                    break;
                }
                items.add(describe(entry.getKey(), entry.getValue()));
            }
        }
        return json(root);
    }

    private static Reply media(FakeObject object, Asked asked) {
        Reply reply = Reply.of(200).with(object.content()).with("X-Goog-Generation", "" + object.generation());
        Optional<String> range = asked.header("range");
        if (range.isEmpty()) {
            return reply;
        }
        int from = Integer.parseInt(range.get().replaceAll("bytes=(\\d+)-", "$1"));
        int length = object.content().length;
        return new Reply(206, reply.headers(), Arrays.copyOfRange(object.content(), from, length))
                .with("Content-Range", "bytes " + from + "-" + (length - 1) + "/" + length);
    }

    private boolean fails(String path, String generation) {
        FakeObject there = objects.get(path);
        return !generation.equals(there == null ? "0" : "" + there.generation());
    }

    private static Reply precondition() {
        return error(412, "At least one of the pre-conditions you specified did not hold.");
    }

    private Reply upload(String bucket, Asked asked) {
        if (asked.asks("upload_id").isPresent()) {
            Upload upload = uploads.get(asked.says("upload_id"));
            if (upload == null) {
                return Reply.of(404);
            }
            if (asked.method().equals("DELETE")) {
                uploads.remove(asked.says("upload_id"));
                return Reply.of(499);
            }
            return upload.done.isPresent()
                    ? json(describe(
                            bucket + "/" + upload.description.path("name").asString(), upload.done.get()))
                    : resume(upload, asked);
        }
        if (asked.says("uploadType").equals("multipart")) {
            return whole(bucket, asked);
        }
        JsonNode description = JSON.readTree(asked.body());
        String condition = asked.says("ifGenerationMatch");
        if (fails(bucket + "/" + description.path("name").asString(), condition)) {
            return precondition();
        }
        String id = "secret-" + generations.incrementAndGet();
        uploads.put(id, new Upload(bucket, description, condition));
        return Reply.of(200)
                .with(
                        "Location",
                        "http://" + server.authority() + asked.path() + "?uploadType=resumable&upload_id=" + id);
    }

    private Reply resume(Upload upload, Asked asked) {
        String range = asked.value("content-range");
        long total = Long.parseLong(range.substring(range.indexOf('/') + 1));
        if (!range.startsWith("bytes */")) {
            long from = Long.parseLong(range.replaceAll("bytes (\\d+)-.*", "$1"));
            if (from != upload.kept.size()) {
                return error(503, "bytes from " + from + " do not follow " + upload.kept.size());
            }
            int fits = asked.whole()
                    ? asked.body().length
                    : (upload.kept.size() + asked.body().length) / KEPT * KEPT - upload.kept.size();
            upload.kept.write(asked.body(), 0, Math.max(0, fits));
        }
        if (upload.kept.size() == total) {
            String path = upload.bucket + "/" + upload.description.path("name").asString();
            if (fails(path, upload.condition)) {
                return precondition();
            }
            upload.done = Optional.of(put(path, upload.kept.toByteArray(), recorded(upload.description)));
            return json(describe(path, upload.done.get()));
        }
        Reply reply = Reply.of(308);
        return upload.kept.size() == 0 ? reply : reply.with("Range", "bytes=0-" + (upload.kept.size() - 1));
    }

    private static Map<String, String> recorded(JsonNode description) {
        Map<String, String> recorded = new TreeMap<>();
        description
                .path("metadata")
                .properties()
                .forEach(e -> recorded.put(e.getKey(), e.getValue().asString()));
        return recorded;
    }

    private Reply whole(String bucket, Asked asked) {
        String boundary = "--" + asked.value("content-type").replaceAll(".*boundary=", "");
        String text = new String(asked.body(), StandardCharsets.ISO_8859_1);
        String[] parts = text.split(boundary.replace("-", "\\-"), -1);
        byte[] descriptionBytes = content(parts[1]);
        byte[] content = content(parts[2]);
        JsonNode description = JSON.readTree(descriptionBytes);
        Sums sums = SampleFile.sums(content);
        if (!description
                        .path("crc32c")
                        .asString("")
                        .equals(Checksums.base64(sums.crc32c().orElseThrow()))
                || !description
                        .path("md5Hash")
                        .asString("")
                        .equals(Checksums.base64(sums.md5().orElseThrow()))) {
            return error(400, "Provided CRC32C or MD5 hash doesn't match calculated one.");
        }
        String path = bucket + "/" + description.path("name").asString();
        return fails(path, asked.says("ifGenerationMatch"))
                ? precondition()
                : json(describe(path, put(path, content, recorded(description))));
    }

    private static byte[] content(String part) {
        String content = part.substring(part.indexOf("\r\n\r\n") + 4, part.length() - 2);
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Reply rewrite(String from, String bucket, String key, Asked asked) {
        FakeObject source = objects.get(from);
        String path = bucket + "/" + key;
        if (source == null || !asked.says("sourceGeneration").equals("" + source.generation())) {
            return error(404, "No such object: " + from);
        }
        if (fails(path, asked.says("ifGenerationMatch"))) {
            return precondition();
        }
        int step = rewrites.merge(path, 1, Integer::sum);
        boolean right = asked.says("rewriteToken").equals(step == 1 ? "" : "token " + (step - 1));
        if (!right) {
            return error(400, "another token was expected");
        }
        if (step < rewriteSteps) {
            return Reply.of(200, "{\"done\": false, \"rewriteToken\": \"token " + step + "\"}");
        }
        ObjectNode root = JSON.createObjectNode().put("done", true);
        root.set("resource", describe(path, put(path, source.content(), recorded(JSON.readTree(asked.body())))));
        return json(root);
    }

    @Override
    public void close() {
        server.close();
    }
}
