// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.files.store.bucket.Escapes;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Buckets that speak like S3, by path: what its API Reference says of the requests that we send. Who writes has to
/// sign; who signs has to sign right.
final class FakeS3 implements AutoCloseable {
    private static final Pattern PART = Pattern.compile(
            "<Part>(?:<ChecksumSHA256>([^<]*)</ChecksumSHA256>)?<ETag>([^<]*)</ETag><PartNumber>(\\d+)</PartNumber></Part>");

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private record Upload(
            String path,
            String by,
            long begun,
            Map<String, String> recorded,
            Map<Integer, byte[]> parts,
            boolean sums) {}

    private final LoopbackServer server = new LoopbackServer(this::answer);
    private final AccessKeys keys;
    private final TreeMap<String, FakeObject> objects =
            new TreeMap<>((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
    private final Map<String, Upload> uploads = new HashMap<>();
    private final AtomicLong count = new AtomicLong();
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
        FakeObject object =
                new FakeObject(content, "\"" + SampleFile.md5(content) + "\"", count.incrementAndGet(), recorded, 0);
        objects.put(path, object);
        return object;
    }

    /// Other bytes under the same tag.
    synchronized void replaceContent(String path, byte[] content) {
        FakeObject there = Optional.ofNullable(objects.get(path)).orElseThrow();
        objects.put(path, new FakeObject(content, there.etag(), there.generation(), there.recorded(), there.parts()));
    }

    /// As though it had been put together of parts, so that its tag is no MD5.
    synchronized void putInParts(String path, byte[] content, Map<String, String> recorded) {
        objects.put(path, new FakeObject(content, "\"" + "0".repeat(32) + "-2\"", 1, recorded, 2));
    }

    synchronized Optional<FakeObject> object(String path) {
        return Optional.ofNullable(objects.get(path));
    }

    synchronized int openUploads() {
        return uploads.size();
    }

    /// What nobody has ended yet: what would be written, and who began it.
    synchronized List<String> openUploadsBy() {
        return uploads.values().stream()
                .map(upload -> upload.path + " by " + upload.by)
                .sorted()
                .toList();
    }

    /// As though a run had been killed that was writing there.
    ///
    /// @param by the key of who wrote
    synchronized void leave(String path, String by) {
        long begun = count.incrementAndGet();
        uploads.put("left/" + begun, new Upload(path, by, begun, Map.of(), new TreeMap<>(), true));
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
        return refusal.orElseGet(() -> switch (asked.method()) {
            case "HEAD", "GET" ->
                asked.asks("uploads").isPresent()
                        ? openUploads(bucket, asked)
                        : asked.asks("list-type").isPresent() ? list(bucket, asked) : read(object(path), asked);
            case "POST" -> asked.asks("uploads").isPresent() ? open(path, asked) : finish(path, asked);
            case "PUT" ->
                asked.asks("uploadId").isPresent()
                        ? asked.header("x-amz-copy-source").isPresent() ? copiedPart(asked) : part(asked)
                        : asked.header("x-amz-copy-source").isPresent() ? copy(path, asked) : put(path, asked);
            default -> asked.asks("uploadId").isPresent() ? abort(asked) : delete(path, asked);
        });
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Reply list(String bucket, Asked asked) {
        String prefix = bucket + "/" + asked.says("prefix");
        String after = bucket + "/" + asked.says("start-after");
        int most = Integer.parseInt(asked.query().getOrDefault("max-keys", "1000"));
        StringBuilder xml = new StringBuilder(
                "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "<EncodingType>url</EncodingType>");
        int given = 0;
        boolean more = false;
        for (Map.Entry<String, FakeObject> entry : objects.tailMap(after, false).entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                more = given == most;
                if (more) {
                    break;
                }
                given++;
                String key = Escapes.path(entry.getKey().substring(bucket.length() + 1))
                        .replace("%20", "+");
                xml.append("<Contents><Key>" + key + "</Key><ETag>"
                        + entry.getValue().etag().replace("\"", "&quot;") + "</ETag><Size>"
                        + entry.getValue().content().length
                        + "</Size><Owner><ID>1</ID></Owner></Contents>");
            }
        }
        return Reply.of(200, xml + "<IsTruncated>" + more + "</IsTruncated></ListBucketResult>");
    }

    private static Reply read(Optional<FakeObject> found, Asked asked) {
        if (found.isEmpty()) {
            return error(404, "NoSuchKey", "The specified key does not exist.");
        }
        FakeObject object = found.get();
        if (!asked.headers().getOrDefault("if-match", object.etag()).equals(object.etag())) {
            return error(412, "PreconditionFailed", "At least one of the pre-conditions did not hold");
        }
        Reply reply = Reply.of(200).with(object.content()).with("ETag", object.etag());
        for (Map.Entry<String, String> entry : object.recorded().entrySet()) {
            reply = reply.with("x-amz-meta-" + entry.getKey(), entry.getValue());
        }
        Optional<String> range = asked.header("range");
        if (range.isPresent()) {
            int from = Integer.parseInt(range.get().replaceAll("bytes=(\\d+)-", "$1"));
            int length = object.content().length;
            return new Reply(206, reply.headers(), Arrays.copyOfRange(object.content(), from, length))
                    .with("Content-Range", "bytes " + from + "-" + (length - 1) + "/" + length);
        }
        return reply;
    }

    private Optional<Reply> condition(String path, Asked asked) {
        FakeObject there = objects.get(path);
        boolean exists = there != null && asked.value("if-none-match").equals("*");
        boolean other = asked.header("if-match")
                .filter(tag -> there == null || !tag.equals(there.etag()))
                .isPresent();
        boolean fails = exists || other;
        return fails
                ? Optional.of(error(412, "PreconditionFailed", "At least one of the pre-conditions did not hold"))
                : Optional.empty();
    }

    private static Map<String, String> recorded(Asked asked) {
        Map<String, String> recorded = new TreeMap<>();
        asked.headers().forEach((name, value) -> {
            if (name.startsWith("x-amz-meta-")) {
                recorded.put(name.substring("x-amz-meta-".length()), value);
            }
        });
        return recorded;
    }

    private Reply put(String path, Asked asked) {
        String sum = Checksums.base64(Digest.sha256(asked.body()).bytes());
        if (!asked.headers().getOrDefault("x-amz-checksum-sha256", sum).equals(sum)
                || !asked.value("x-amz-content-sha256")
                        .equals(Digest.sha256(asked.body()).hex())) {
            return error(400, "BadDigest", "The sum is of other bytes");
        }
        return condition(path, asked).orElseGet(() -> {
            FakeObject object = put(path, asked.body(), recorded(asked));
            return Reply.of(200).with("ETag", object.etag()).with("x-amz-checksum-sha256", sum);
        });
    }

    private Reply copy(String path, Asked asked) {
        FakeObject source =
                objects.get(Asked.decoded(asked.value("x-amz-copy-source")).substring(1));
        if (source == null) {
            return error(404, "NoSuchKey", "no source");
        }
        if (!asked.value("x-amz-copy-source-if-match").equals(source.etag())) {
            return error(412, "PreconditionFailed", "the source is another");
        }
        return condition(path, asked).orElseGet(() -> {
            FakeObject object = put(path, source.content(), recorded(asked));
            return Reply.of(
                    200,
                    "<CopyObjectResult><ETag>" + object.etag() + "</ETag><ChecksumSHA256>"
                            + Checksums.base64(Digest.sha256(object.content()).bytes())
                            + "</ChecksumSHA256></CopyObjectResult>");
        });
    }

    /// Its answer names the sum over the parts of the whole source, as versitygw 1.8.0 has it.
    private Reply copiedPart(Asked asked) {
        Upload upload = uploads.get(asked.says("uploadId"));
        FakeObject source =
                objects.get(Asked.decoded(asked.value("x-amz-copy-source")).substring(1));
        if (upload == null || source == null) {
            return error(404, "NoSuchKey", "no source, or no upload");
        }
        if (!asked.value("x-amz-copy-source-if-match").equals(source.etag())) {
            return error(412, "PreconditionFailed", "the source is another");
        }
        Matcher range = RANGE.matcher(asked.value("x-amz-copy-source-range"));
        if (!range.matches() || Integer.parseInt(range.group(2)) >= source.content().length) {
            return error(400, "InvalidArgument", "The range is not in the source");
        }
        byte[] part = Arrays.copyOfRange(
                source.content(), Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)) + 1);
        upload.parts().put(Integer.valueOf(asked.says("partNumber")), part);
        return Reply.of(
                200,
                "<CopyPartResult><ETag>&quot;" + SampleFile.md5(part) + "&quot;</ETag><ChecksumSHA256>"
                        + "c3VtIG92ZXIgYWxsIHBhcnRz-3</ChecksumSHA256></CopyPartResult>");
    }

    private Reply openUploads(String bucket, Asked asked) {
        StringBuilder xml = new StringBuilder(
                "<ListMultipartUploadsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Bucket>b</Bucket>");
        uploads.forEach((id, upload) -> {
            if (upload.path.startsWith(bucket + "/" + asked.says("prefix"))) {
                xml.append("<Upload><Key>")
                        .append(Escapes.path(upload.path.substring(bucket.length() + 1)))
                        .append("</Key><UploadId>" + id + "</UploadId><Initiator><ID>" + upload.by
                                + "</ID><DisplayName>x</DisplayName></Initiator><StorageClass>STANDARD</StorageClass>"
                                + "<Initiated>" + Instant.EPOCH.plusSeconds(upload.begun) + "</Initiated></Upload>");
            }
        });
        return Reply.of(200, xml + "</ListMultipartUploadsResult>");
    }

    private Reply open(String path, Asked asked) {
        long begun = count.incrementAndGet();
        String id = "upload/" + begun + "+=";
        boolean sums = asked.value("x-amz-checksum-algorithm").equals("SHA256");
        uploads.put(id, new Upload(path, keys.id(), begun, recorded(asked), new TreeMap<>(), sums));
        return Reply.of(
                200,
                "<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><UploadId>" + id
                        + "</UploadId></InitiateMultipartUploadResult>");
    }

    private Reply part(Asked asked) {
        Upload upload = uploads.get(asked.says("uploadId"));
        if (upload == null) {
            return error(404, "NoSuchUpload", "The specified upload does not exist");
        }
        byte[] content = asked.body();
        if (upload.sums()) {
            if (!asked.value("x-amz-content-sha256").equals("STREAMING-UNSIGNED-PAYLOAD-TRAILER")) {
                return error(400, "InvalidRequest", "The part has no sum");
            }
            content = unchunked(asked.body());
            String trailer = "x-amz-checksum-sha256:"
                    + Checksums.base64(Digest.sha256(content).bytes());
            if (content.length != Integer.parseInt(asked.value("x-amz-decoded-content-length"))
                    || !new String(asked.body(), StandardCharsets.ISO_8859_1)
                            .endsWith("0\r\n" + trailer + "\r\n\r\n")) {
                return error(400, "BadDigest", "The sum is of other bytes");
            }
        }
        upload.parts().put(Integer.valueOf(asked.says("partNumber")), content);
        return Reply.of(200)
                .with("ETag", "\"" + SampleFile.md5(content) + "\"")
                .with(
                        "x-amz-checksum-sha256",
                        Checksums.base64(Digest.sha256(content).bytes()));
    }

    private static byte[] unchunked(byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int at = 0; ; ) {
            int end = at;
            while (body[end] != '\r') {
                end++;
            }
            int length = Integer.parseInt(new String(body, at, end - at, StandardCharsets.US_ASCII), 16);
            if (length == 0) {
                return content.toByteArray();
            }
            content.write(body, end + 2, length);
            at = end + 2 + length + 2;
        }
    }

    private Reply finish(String path, Asked asked) {
        Upload upload = uploads.get(asked.says("uploadId"));
        if (upload == null) {
            return error(404, "NoSuchUpload", "The specified upload does not exist");
        }
        Optional<Reply> refusal = condition(path, asked);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        ByteArrayOutputStream sums = new ByteArrayOutputStream();
        ByteArrayOutputStream tags = new ByteArrayOutputStream();
        Matcher parts = PART.matcher(new String(asked.body(), StandardCharsets.UTF_8));
        int number = 0;
        while (parts.find()) {
            byte[] part = upload.parts().get(Integer.valueOf(parts.group(3)));
            number++;
            if (part == null
                    || !parts.group(2).equals("\"" + SampleFile.md5(part) + "\"")
                    || (upload.sums()
                            && !Checksums.base64(Digest.sha256(part).bytes()).equals(parts.group(1)))) {
                return error(400, "InvalidPart", "One or more of the specified parts could not be found");
            }
            whole.writeBytes(part);
            sums.writeBytes(Digest.sha256(part).bytes());
            tags.writeBytes(HexFormat.of().parseHex(SampleFile.md5(part)));
        }
        uploads.remove(asked.says("uploadId"));
        String etag = "\"" + SampleFile.md5(tags.toByteArray()) + "-" + number + "\"";
        objects.put(
                path, new FakeObject(whole.toByteArray(), etag, count.incrementAndGet(), upload.recorded(), number));
        String sum = Checksums.base64(Digest.sha256(sums.toByteArray()).bytes()) + "-" + number;
        return Reply.of(
                200,
                "<CompleteMultipartUploadResult><ETag>" + etag + "</ETag>"
                        + (upload.sums() ? "<ChecksumSHA256>" + sum + "</ChecksumSHA256>" : "")
                        + "</CompleteMultipartUploadResult>");
    }

    private Reply abort(Asked asked) {
        uploads.remove(asked.says("uploadId"));
        return Reply.of(204);
    }

    private Reply delete(String path, Asked asked) {
        return condition(path, asked).orElseGet(() -> {
            objects.remove(path);
            return Reply.of(204);
        });
    }

    @Override
    public void close() {
        server.close();
    }
}
