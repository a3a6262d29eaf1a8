// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.oci.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Buckets that speak like S3, by path: what its API Reference says of the requests that we send. Who writes has to
/// sign; who signs has to sign right.
final class FakeS3 implements AutoCloseable {
    private final LoopbackServer server = new LoopbackServer(this::answer);
    private final AccessKeys keys;
    private final FakeObjects objects = new FakeObjects();
    private final FakeUploads uploads = new FakeUploads(objects);
    private final String region;
    private boolean readsArePrivate;

    FakeS3(AccessKeys keys, String region) {
        this.keys = keys;
        this.region = region;
    }

    LoopbackServer server() {
        return server;
    }

    FakeS3 withPrivateReads() {
        readsArePrivate = true;
        return this;
    }

    /// @param path bucket and key
    synchronized FakeObject put(String path, byte[] content, Map<String, String> recorded) {
        return objects.put(path, content, recorded);
    }

    /// Other bytes under the same tag.
    synchronized void replaceContent(String path, byte[] content) {
        objects.replaceContent(path, content);
    }

    /// As though it had been put together of parts, so that its tag is no MD5.
    synchronized void putInParts(String path, byte[] content, Map<String, String> recorded) {
        objects.put(path, new FakeObject(content, "\"" + "0".repeat(32) + "-2\"", 1, recorded, 2));
    }

    synchronized Optional<FakeObject> object(String path) {
        return objects.at(path);
    }

    synchronized int openUploads() {
        return uploads.open();
    }

    /// What nobody has ended yet: what would be written, and who began it.
    synchronized List<String> openUploadsBy() {
        return uploads.by();
    }

    /// As though a run had been killed that was writing there.
    ///
    /// @param by the key of who wrote
    synchronized void leave(String path, String by) {
        uploads.leave(path, by);
    }

    /// As though another run had put it there and taken all away that was begun.
    synchronized void overtake(String path, byte[] content) {
        uploads.clear();
        put(path, content, Map.of("content-hash-sha256", Digest.sha256(content).hex()));
    }

    private synchronized Reply answer(Asked asked) {
        if (!asked.whole()) {
            return Reply.of(400);
        }
        boolean reads = asked.method().equals("GET") || asked.method().equals("HEAD");
        Optional<Reply> refusal = asked.header("authorization").isPresent()
                ? signature(asked)
                : reads && !readsArePrivate
                        ? Optional.empty()
                        : Optional.of(error(403, "AccessDenied", "Access Denied"));
        String path = asked.decodedPath().substring(1);
        String bucket = path.substring(0, path.indexOf('/'));
        if (asked.method().equals("HEAD") && path.equals(bucket + "/")) {
            return Reply.of(403).with("x-amz-bucket-region", region);
        }
        return refusal.orElseGet(() -> done(path, bucket, asked));
    }

    private Reply done(String path, String bucket, Asked asked) {
        boolean ofUpload = asked.asks("uploadId").isPresent();
        boolean copies = asked.header("x-amz-copy-source").isPresent();
        return switch (asked.method()) {
            case "HEAD", "GET" ->
                asked.asks("uploads").isPresent()
                        ? uploads.list(bucket, asked)
                        : asked.asks("list-type").isPresent()
                                ? objects.list(bucket, asked)
                                : FakeObjects.read(object(path), asked);
            case "POST" ->
                asked.asks("uploads").isPresent() ? uploads.open(path, keys.id(), asked) : uploads.finish(path, asked);
            case "PUT" -> {
                if (ofUpload) {
                    yield copies ? uploads.copiedPart(asked) : uploads.part(asked);
                }
                yield copies ? objects.copy(path, asked) : objects.put(path, asked);
            }
            default -> ofUpload ? uploads.abort(asked) : objects.delete(path, asked);
        };
    }

    private Optional<Reply> signature(Asked asked) {
        String sent = asked.value("authorization");
        Matcher names =
                Pattern.compile("Credential=([^/]+)/.*SignedHeaders=([^,]*),").matcher(sent);
        if (!names.find() || !names.group(1).equals(keys.id())) {
            return Optional.of(error(403, "InvalidAccessKeyId", "no such key"));
        }
        TreeMap<String, String> signed = new TreeMap<>();
        for (String name : names.group(2).split(";", -1)) {
            signed.put(name, asked.headers().getOrDefault(name, ""));
        }
        boolean all = asked.headers().keySet().stream()
                .allMatch(name -> !name.startsWith("x-amz-") || signed.containsKey(name));
        String right = new Signature4(keys, region, "s3")
                .of(new Signature4.Signed(asked.method(), asked.path(), asked.rawQuery(), signed));
        return all && signed.containsKey("host") && right.equals(sent)
                ? Optional.empty()
                : Optional.of(error(403, "SignatureDoesNotMatch", "not what we calculated"));
    }

    static Reply error(int status, String code, String message) {
        return Reply.of(
                        status,
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>"
                                + message + "</Message><RequestId>1</RequestId></Error>")
                .with("Content-Type", "application/xml");
    }

    @Override
    public void close() {
        server.close();
    }
}
