// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Buckets of fake-gcs-server: folders. In its own memory it looks through all of a bucket's objects for each one,
/// which
/// takes it half of its time.
final class GoogleFiles implements FileService {
    private static final String GIVEN = "given";

    @Override
    public String title() {
        return "gs";
    }

    @Override
    public String program() {
        return "fake-gcs-server";
    }

    /// It takes the files in when it starts, and works the sums out.
    @Override
    public void stage(Path program, Path rclone, Path files, Path place) throws IOException {
        Files.move(files, Files.createDirectories(place.resolve(GIVEN)).resolve("staging"));
    }

    @Override
    public ServerProcess start(Path program, Path place) throws IOException, InterruptedException {
        Path log = place.resolve("server.log");
        ServerProcess.Launch launch = port -> {
            ProcessBuilder builder = new ProcessBuilder(
                            program.toString(),
                            "-scheme=http",
                            "-host=127.0.0.1",
                            "-port=" + port,
                            "-backend=filesystem",
                            "-filesystem-root=" + place.resolve("data"),
                            "-data=" + place.resolve(GIVEN),
                            "-log-level=error")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            // As for registries, and for all programs alike.
            builder.environment().putIfAbsent("GOGC", RegistryServer.ROOM);
            return new ServerProcess(builder.start(), port, log);
        };
        return ServerProcess.start(launch, GoogleFiles::hasTakenThemIn);
    }

    /// It listens before it has taken the files in, and answers nobody until then.
    private static boolean hasTakenThemIn(int port) {
        URI listing = URI.create("http://127.0.0.1:" + port + "/storage/v1/b/staging/o?maxResults=1");
        try (InputStream answer = listing.toURL().openStream()) {
            return answer.read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public String filestores(String from, List<String> buckets) {
        StringBuilder stores = new StringBuilder("filestores:\n- base: gs://staging\n  src: true\n");
        for (String bucket : buckets) {
            stores.append(
                    "- base: gs://%s\n  service-account: bench@project.iam.gserviceaccount.com\n".formatted(bucket));
        }
        return stores.toString();
    }

    @Override
    public Map<String, String> environment(String to) {
        return Map.of("STORAGE_EMULATOR_HOST", to);
    }

    @Override
    public List<String> rclone(String from, String to, String bucket) {
        return List.of(
                ":gcs:staging",
                ":gcs:" + bucket,
                "--gcs-anonymous",
                "--gcs-no-check-bucket",
                "--disable=copy",
                "--gcs-endpoint=" + to + "/storage/v1/");
    }
}
