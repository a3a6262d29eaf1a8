// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static io.kpromo.files.store.s3.FakeS3.error;

import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.files.store.bucket.Escapes;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The objects in all buckets of a [FakeS3], by bucket and key. Who comes here holds the lock of that.
final class FakeObjects {
    private final TreeMap<String, FakeObject> objects =
            new TreeMap<>((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
    private long moment;

    /// What time it is here: later with each call.
    long next() {
        return ++moment;
    }

    Optional<FakeObject> at(String path) {
        return Optional.ofNullable(objects.get(path));
    }

    /// @param path bucket and key
    FakeObject put(String path, byte[] content, Map<String, String> recorded) {
        FakeObject object = new FakeObject(content, "\"" + SampleFile.md5(content) + "\"", next(), recorded, 0);
        objects.put(path, object);
        return object;
    }

    /// Other bytes under the same tag.
    void replaceContent(String path, byte[] content) {
        FakeObject there = at(path).orElseThrow();
        objects.put(path, new FakeObject(content, there.etag(), there.generation(), there.recorded(), there.parts()));
    }

    /// As it is once its parts are put together.
    void put(String path, FakeObject object) {
        objects.put(path, object);
    }

    Reply list(String bucket, Asked asked) {
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

    static Reply read(Optional<FakeObject> found, Asked asked) {
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

    Optional<Reply> condition(String path, Asked asked) {
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

    static Map<String, String> recorded(Asked asked) {
        Map<String, String> recorded = new TreeMap<>();
        asked.headers().forEach((name, value) -> {
            if (name.startsWith("x-amz-meta-")) {
                recorded.put(name.substring("x-amz-meta-".length()), value);
            }
        });
        return recorded;
    }

    Reply put(String path, Asked asked) {
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

    Reply copy(String path, Asked asked) {
        Optional<FakeObject> found = source(asked);
        if (found.isEmpty()) {
            return error(404, "NoSuchKey", "no source");
        }
        FakeObject source = found.get();
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

    /// What a copy is to be made of, if that is still there and the same.
    Optional<FakeObject> source(Asked asked) {
        return at(Asked.decoded(asked.value("x-amz-copy-source")).substring(1));
    }

    Reply delete(String path, Asked asked) {
        return condition(path, asked).orElseGet(() -> {
            objects.remove(path);
            return Reply.of(204);
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
