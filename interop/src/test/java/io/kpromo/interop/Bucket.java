// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A store of files in a process of its own, with two buckets: `staging`, which everybody may read, and `prod`.
record Bucket(Kind kind, ServerProcess process, Path folder) implements AutoCloseable {
    static final String ID = "AKIDINTEROP";
    static final String KEY = "secret-of-interop";

    /// What speaks like a cloud.
    enum Kind {
        S3("versitygw"),
        GS("fake-gcs-server");

        private final String program;

        Kind(String program) {
            this.program = program;
        }

        Bucket start(Path folder) throws IOException, InterruptedException {
            Files.createDirectories(folder.resolve("data"));
            Foreign foreign = Foreign.program(program, folder);
            Bucket bucket = new Bucket(
                    this,
                    ServerProcess.start(
                            port -> begin(folder, port, foreign, this == S3 ? gateway(port, folder) : google(port))),
                    folder);
            bucket.make("staging");
            bucket.make("prod");
            if (this == S3) {
                bucket.letEverybodyRead("staging");
            }
            return bucket;
        }

        String base(String bucket) {
            return (this == S3 ? "s3://" : "gs://") + bucket;
        }
    }

    private static List<String> gateway(int port, Path folder) {
        return List.of(
                "--keep-alive",
                "--quiet",
                "--access",
                ID,
                "--secret",
                KEY,
                "--port",
                "127.0.0.1:" + port,
                "posix",
                folder.resolve("data").toString());
    }

    private static List<String> google(int port) {
        String address = "127.0.0.1:" + port;
        return List.of(
                "-scheme",
                "http",
                "-host",
                "127.0.0.1",
                "-port",
                Integer.toString(port),
                "-backend",
                "memory",
                "-external-url",
                "http://" + address,
                "-public-host",
                address);
    }

    private static ServerProcess begin(Path folder, int port, Foreign program, List<String> arguments)
            throws IOException {
        Path log = folder.resolve("server.log");
        List<String> command = new ArrayList<>(List.of(program.program().toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, port, log);
    }

    String address() {
        return "http://127.0.0.1:" + process.port();
    }

    private void make(String bucket) throws IOException, InterruptedException {
        if (kind == Kind.S3) {
            curl("PUT", "/" + bucket, "");
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/storage/v1/b"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + bucket + "\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private void letEverybodyRead(String bucket) throws IOException, InterruptedException {
        curl("PUT", "/" + bucket + "?policy=", """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                 "Action": ["s3:GetObject", "s3:ListBucket"],
                 "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]}]}""".formatted(bucket));
    }

    /// Signed by curl, so that not all that the gateway is told comes from us.
    private void curl(String method, String target, String body) throws IOException, InterruptedException {
        Foreign.program("curl", folder)
                .text(
                        "--fail-with-body",
                        "--silent",
                        "--request",
                        method,
                        "--aws-sigv4",
                        "aws:amz:us-east-1:s3",
                        "--user",
                        ID + ":" + KEY,
                        "--header",
                        "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                        "--header",
                        "Content-Type: application/json",
                        "--data-binary",
                        body,
                        address() + target);
    }

    /// What a program of Amazon's or Google's kind is told of it.
    Kpromo tell(Kpromo kpromo) {
        return kind == Kind.S3
                ? kpromo.with("AWS_ENDPOINT_URL", address())
                        .with("AWS_REGION", "us-east-1")
                        .with("AWS_ACCESS_KEY_ID", ID)
                        .with("AWS_SECRET_ACCESS_KEY", KEY)
                : kpromo.with("STORAGE_EMULATOR_HOST", address());
    }

    /// What rclone is told of it, to be called by [#remote].
    Map<String, String> rclone() {
        return kind == Kind.S3
                ? Map.of(
                        "RCLONE_CONFIG_S3_TYPE", "s3",
                        "RCLONE_CONFIG_S3_PROVIDER", "Other",
                        "RCLONE_CONFIG_S3_ACCESS_KEY_ID", ID,
                        "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY", KEY,
                        "RCLONE_CONFIG_S3_ENDPOINT", address(),
                        "RCLONE_CONFIG_S3_REGION", "us-east-1",
                        // Certificates of this machine's own are something that it can't take in.
                        "AWS_CA_BUNDLE", "")
                : Map.of(
                        "RCLONE_CONFIG_GS_TYPE", "google cloud storage",
                        "RCLONE_CONFIG_GS_ANONYMOUS", "true",
                        "RCLONE_CONFIG_GS_ENDPOINT", address() + "/storage/v1/");
    }

    /// As rclone calls a bucket of it.
    String remote(String bucket) {
        return kind + ":" + bucket;
    }

    @Override
    public void close() {
        process.close();
    }
}
