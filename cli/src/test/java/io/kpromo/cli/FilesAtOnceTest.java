// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.http.HttpRequest;
import io.kpromo.registry.http.HttpServer;
import io.kpromo.registry.http.Traffic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesAtOnceTest {
    private static final int FILES = 20;
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final String ETAG = "\"9a0364b9e99bb480dd25e1f0284c8555\"";

    /// Opens when all copies of all files are being written at the same time.
    private final CountDownLatch allWritten = new CountDownLatch(FILES * 3);

    @TempDir
    private Path folder;

    @Test
    void asManyFilesAsThreadsSayAreWrittenToAllBucketsOfACloudAtTheSameTime() throws IOException {
        StringBuilder files = new StringBuilder("files:\n");
        for (int i = 0; i < FILES; i++) {
            files.append("- name: file-%d\n  sha256: %s\n"
                    .formatted(i, Digest.sha256(CONTENT).hex()));
        }
        Files.writeString(folder.resolve("files.yaml"), files);
        Files.writeString(folder.resolve("filestores.yaml"), """
                filestores:
                - base: s3://staging
                  src: true
                - base: s3://one
                - base: s3://two
                - base: s3://three
                """);
        try (HttpServer server = HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::answer, new Traffic())) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            PrintStream console = new PrintStream(said, true, StandardCharsets.UTF_8);
            int code = Main.run(
                    List.of(
                            "run",
                            "files",
                            "--filestores=" + folder.resolve("filestores.yaml"),
                            "--files=" + folder.resolve("files.yaml"),
                            "--threads=" + FILES,
                            "--confirm"),
                    Map.of(
                            "AWS_ENDPOINT_URL",
                                    "http://127.0.0.1:" + server.address().getPort(),
                            "AWS_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", "id",
                            "AWS_SECRET_ACCESS_KEY", "key"),
                    InputStream.nullInputStream(),
                    console,
                    console);
            assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
        }
    }

    private Answer answer(HttpRequest request) throws IOException, InterruptedException {
        request.body().transferTo(OutputStream.nullOutputStream());
        if (request.query().has("list-type")) {
            return Answer.of(200, "application/xml", listing(request.path().endsWith("/staging")));
        }
        if (request.method().equals("GET")) {
            return Answer.of(200, "application/octet-stream", CONTENT).with("ETag", ETAG);
        }
        allWritten.countDown();
        return allWritten.await(30, TimeUnit.SECONDS)
                ? Answer.of(200).with("ETag", ETAG)
                : Answer.text(400, "others are not written at the same time");
    }

    private static byte[] listing(boolean full) {
        StringBuilder text = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
        for (int i = 0; full && i < FILES; i++) {
            text.append("<Contents><Key>file-%d</Key><Size>%d</Size><ETag>&quot;%s&quot;</ETag></Contents>"
                    .formatted(i, CONTENT.length, ETAG.replace("\"", "")));
        }
        return text.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
