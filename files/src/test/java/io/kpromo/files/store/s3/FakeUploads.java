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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is written to a [FakeS3] in parts and not ended yet. Who comes here holds the lock of that.
final class FakeUploads {
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

    private final Map<String, Upload> uploads = new HashMap<>();
    private final FakeObjects objects;

    FakeUploads(FakeObjects objects) {
        this.objects = objects;
    }

    int open() {
        return uploads.size();
    }

    /// What nobody has ended yet: what would be written, and who began it.
    List<String> by() {
        return uploads.values().stream()
                .map(upload -> upload.path + " by " + upload.by)
                .sorted()
                .toList();
    }

    /// As though a run had been killed that was writing there.
    ///
    /// @param by the key of who wrote
    void leave(String path, String by) {
        long begun = objects.next();
        uploads.put("left/" + begun, new Upload(path, by, begun, Map.of(), new TreeMap<>(), true));
    }

    void clear() {
        uploads.clear();
    }

    Reply list(String bucket, Asked asked) {
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

    Reply open(String path, String by, Asked asked) {
        long begun = objects.next();
        String id = "upload/" + begun + "+=";
        boolean sums = asked.value("x-amz-checksum-algorithm").equals("SHA256");
        uploads.put(id, new Upload(path, by, begun, FakeObjects.recorded(asked), new TreeMap<>(), sums));
        return Reply.of(
                200,
                "<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><UploadId>" + id
                        + "</UploadId></InitiateMultipartUploadResult>");
    }

    /// Its answer names the sum over the parts of the whole source, as versitygw 1.8.0 has it.
    Reply copiedPart(Asked asked) {
        Upload upload = uploads.get(asked.says("uploadId"));
        Optional<FakeObject> found = objects.source(asked);
        if (upload == null || found.isEmpty()) {
            return error(404, "NoSuchKey", "no source, or no upload");
        }
        FakeObject source = found.get();
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

    Reply part(Asked asked) {
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

    Reply finish(String path, Asked asked) {
        Upload upload = uploads.get(asked.says("uploadId"));
        if (upload == null) {
            return error(404, "NoSuchUpload", "The specified upload does not exist");
        }
        Optional<Reply> refusal = objects.condition(path, asked);
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
        objects.put(path, new FakeObject(whole.toByteArray(), etag, objects.next(), upload.recorded(), number));
        String sum = Checksums.base64(Digest.sha256(sums.toByteArray()).bytes()) + "-" + number;
        return Reply.of(
                200,
                "<CompleteMultipartUploadResult><ETag>" + etag + "</ETag>"
                        + (upload.sums() ? "<ChecksumSHA256>" + sum + "</ChecksumSHA256>" : "")
                        + "</CompleteMultipartUploadResult>");
    }

    Reply abort(Asked asked) {
        uploads.remove(asked.says("uploadId"));
        return Reply.of(204);
    }
}
