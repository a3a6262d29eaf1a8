// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.oci.Digest;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.http.HttpRequest;
import io.kpromo.registry.http.HttpServer;
import io.kpromo.registry.http.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/// Buckets for a rehearsal, as Amazon and Google serve them: one is full of files, which are all the same, and the
/// others take whatever they are sent and forget it.
final class RehearsalBuckets implements AutoCloseable {
    private static final byte[] CONTENT = new byte[20_000];
    private static final String SOURCE = "staging";
    private static final List<String> DESTINATIONS = List.of("one", "two", "three");

    private final int files;
    private final String md5Hex;
    private final String googleObject;
    private final HttpServer server;

    private RehearsalBuckets(int files) throws IOException {
        this.files = files;
        byte[] md5 = Checksums.md5().digest(CONTENT);
        this.md5Hex = HexFormat.of().formatHex(md5);
        this.googleObject = "\"size\": \"%d\", \"generation\": \"1\", \"md5Hash\": \"%s\", \"crc32c\": \"%s\"}"
                .formatted(CONTENT.length, Checksums.base64(md5), Checksums.base64(crc32c()));
        this.server = HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::answer, new Traffic());
    }

    /// Promotes all files on both kinds of buckets.
    ///
    /// @param folder for the manifests
    /// @param count of files
    /// @return whether all of it went well
    static boolean rehearse(Path folder, int count) throws IOException {
        try (RehearsalBuckets buckets = new RehearsalBuckets(count)) {
            String sum = Digest.sha256(CONTENT).hex();
            Path files = folder.resolve("files.yaml");
            Files.writeString(
                    files, "files:\n" + buckets.each("", i -> "- name: " + name(i) + "\n  sha256: " + sum + "\n"));
            boolean amazon = buckets.promote("s3", "", folder, files);
            boolean google = buckets.promote(
                    "gs", "  service-account: rehearsal@example.iam.gserviceaccount.com\n", folder, files);
            return amazon && google;
        }
    }

    private boolean promote(String scheme, String more, Path folder, Path files) throws IOException {
        String address = "http://127.0.0.1:" + server.address().getPort();
        Path filestores = folder.resolve(scheme + ".yaml");
        StringBuilder text = new StringBuilder("filestores:\n- base: " + scheme + "://" + SOURCE + "\n  src: true\n");
        DESTINATIONS.forEach(bucket -> text.append("- base: " + scheme + "://" + bucket + "\n" + more));
        Files.writeString(filestores, text);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int code = Main.run(
                List.of(
                        "run",
                        "files",
                        "--filestores=" + filestores,
                        "--files=" + files,
                        "--threads=20",
                        "--qps=100000",
                        "--confirm"),
                Map.of(
                        "STORAGE_EMULATOR_HOST", address,
                        "AWS_ENDPOINT_URL", address,
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "rehearsal",
                        "AWS_SECRET_ACCESS_KEY", "rehearsal"),
                InputStream.nullInputStream(),
                nowhere,
                nowhere);
        return code == 0;
    }

    private Answer answer(HttpRequest request) throws IOException {
        request.body().transferTo(OutputStream.nullOutputStream());
        boolean full = (request.path() + "/").contains("/" + SOURCE + "/");
        return request.path().startsWith("/storage/") || request.path().startsWith("/upload/")
                ? google(request, full)
                : amazon(request, full);
    }

    private Answer google(HttpRequest request, boolean full) {
        if (request.method().equals("POST")) {
            return json("{" + googleObject);
        }
        if (request.path().endsWith("/o")) {
            return json(googleListing(full));
        }
        if (!full) {
            return Answer.of(404);
        }
        return request.query().has("alt")
                ? Answer.of(200, "application/octet-stream", CONTENT).with("X-Goog-Generation", "1")
                : json("{" + googleObject);
    }

    private Answer amazon(HttpRequest request, boolean full) {
        if (request.method().equals("PUT")) {
            return amazonObject(new byte[0]);
        }
        if (request.query().has("list-type")) {
            return Answer.of(200, "application/xml", bytes(amazonListing(full)));
        }
        return full ? amazonObject(CONTENT) : Answer.of(404);
    }

    private Answer amazonObject(byte[] body) {
        return Answer.of(200, "application/octet-stream", body).with("ETag", "\"" + md5Hex + "\"");
    }

    private String amazonListing(boolean full) {
        return "<ListBucketResult><IsTruncated>false</IsTruncated>" + (full ? each("", this::amazonEntry) : "")
                + "</ListBucketResult>";
    }

    private String amazonEntry(int i) {
        return "<Contents><Key>" + name(i) + "</Key><Size>" + CONTENT.length + "</Size><ETag>&quot;" + md5Hex
                + "&quot;</ETag></Contents>";
    }

    private String googleListing(boolean full) {
        return full ? "{\"items\": [" + each(",", i -> "{\"name\": \"" + name(i) + "\", " + googleObject) + "]}" : "{}";
    }

    private static Answer json(String text) {
        return Answer.of(200, "application/json", bytes(text));
    }

    /// In the order of its number.
    private static String name(int i) {
        return "file-%04d".formatted(i);
    }

    private String each(String between, IntFunction<String> text) {
        return IntStream.range(0, files).mapToObj(text).collect(Collectors.joining(between));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int crc32c() {
        CRC32C sum = new CRC32C();
        sum.update(CONTENT, 0, CONTENT.length);
        return (int) sum.getValue();
    }

    @Override
    public void close() {
        server.close();
    }
}
