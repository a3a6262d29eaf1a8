// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Buckets of versitygw: folders.
final class AmazonFiles implements FileService {
    private static final String ID = "bench";
    private static final String KEY = "bench-secret";
    /// Certificates of this machine's own are something that rclone can't take in.
    private static final Map<String, String> NO_CERTIFICATES = Map.of("AWS_CA_BUNDLE", "");
    /// Sources are read without credentials.
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
             "Action": ["s3:GetObject", "s3:ListBucket"],
             "Resource": ["arn:aws:s3:::staging", "arn:aws:s3:::staging/*"]}]}""";

    @Override
    public String title() {
        return "s3";
    }

    @Override
    public String program() {
        return "versitygw";
    }

    @Override
    public void stage(Path program, Path rclone, Path files, Path place) throws IOException, InterruptedException {
        Files.createDirectories(place.resolve("data/staging"));
        try (ServerProcess gateway = start(program, place)) {
            String address = "http://127.0.0.1:" + gateway.port();
            List<String> copy = List.of(
                    rclone.toString(),
                    "copy",
                    "--config=/dev/null",
                    "--s3-no-check-bucket",
                    files.toString(),
                    remote(address) + "staging");
            Run.of(copy, NO_CERTIFICATES, place).orThrow("rclone");
        }
        Folders.delete(files);
    }

    @Override
    public ServerProcess start(Path program, Path place) throws IOException, InterruptedException {
        Path log = place.resolve("server.log");
        ServerProcess gateway = ServerProcess.start(port -> {
            ProcessBuilder builder = new ProcessBuilder(
                            program.toString(),
                            "--keep-alive",
                            "--quiet",
                            "--access=" + ID,
                            "--secret=" + KEY,
                            "--port=127.0.0.1:" + port,
                            "posix",
                            place.resolve("data").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putIfAbsent("GOGC", RegistryServer.ROOM);
            return new ServerProcess(builder.start(), port, log);
        });
        letEverybodyRead("http://127.0.0.1:" + gateway.port(), place);
        return gateway;
    }

    private static void letEverybodyRead(String address, Path place) throws IOException, InterruptedException {
        List<String> curl = List.of(
                "curl",
                "--fail-with-body",
                "--silent",
                "--request",
                "PUT",
                "--aws-sigv4",
                "aws:amz:us-east-1:s3",
                "--user",
                ID + ":" + KEY,
                "--header",
                "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                "--data-binary",
                POLICY,
                address + "/staging?policy=");
        Run.of(curl, Map.of(), place).orThrow("curl");
    }

    @Override
    public String filestores(String from, List<String> buckets) {
        StringBuilder stores =
                new StringBuilder("filestores:\n- base: s3://staging\n  src: true\n  endpoint: " + from + "\n");
        buckets.forEach(bucket -> stores.append("- base: s3://").append(bucket).append('\n'));
        return stores.toString();
    }

    @Override
    public Map<String, String> environment(String to) {
        return Map.of(
                "AWS_ENDPOINT_URL", to,
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", ID,
                "AWS_SECRET_ACCESS_KEY", KEY);
    }

    @Override
    public List<String> rclone(String from, String to, String bucket) {
        return List.of(remote(from) + "staging", remote(to) + bucket, "--disable=copy", "--s3-no-check-bucket");
    }

    private static String remote(String address) {
        return ":s3,provider=Other,region=us-east-1,access_key_id=%s,secret_access_key=%s,endpoint='%s':"
                .formatted(ID, KEY, address);
    }
}
