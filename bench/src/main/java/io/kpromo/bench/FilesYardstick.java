// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.proxy.ProxyProcess;
import io.kpromo.bench.server.ServerProcess;
import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Many small files from one bucket to three, all of fake-gcs-server, with 20 ms added to each request; rclone beside
/// it, which copies to all three at once, with as many transfers as we have threads.
final class FilesYardstick {
    private static final int FILES = 1_000;
    private static final int BYTES = 100_000;
    private static final long DELAY_MILLIS = 20;
    private static final String AT_ONCE = "20";
    private static final List<String> DESTINATIONS = List.of("one", "two", "three");
    /// A page holds 1,000 names.
    private static final int LISTINGS = 2 * (1 + DESTINATIONS.size());

    private static final int LEAST = FILES * (1 + DESTINATIONS.size());

    private final Programs programs;
    private final Path folder;

    FilesYardstick(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    void measure(Report report) throws IOException, InterruptedException {
        report.title("%d files of 100 kB from one bucket to three, %d ms a request, fake-gcs-server"
                .formatted(FILES, DELAY_MILLIS));
        Optional<Path> server = programs.find("fake-gcs-server");
        if (server.isEmpty()) {
            report.line("fake-gcs-server is not installed: run interop/peers");
            return;
        }
        Path place = Files.createTempDirectory(folder, "files");
        seed(place);
        try (ProxyProcess proxy = ProxyProcess.start()) {
            List<MeasuredFiles> ours = kpromo(server.get(), proxy, place);
            ours.getFirst().tell(report, "kpromo");
            ours.getLast().tell(report, "again");
            report.bound(new Bound(
                    "requests, over the least and listings",
                    ours.getFirst().passed().total() / (double) (LEAST + LISTINGS),
                    1.15,
                    "times"));
            report.bound(new Bound(
                    "bytes read, over the files' own",
                    ours.getFirst().received() / ((double) FILES * BYTES),
                    1.05,
                    "times, answers to writes and listings included"));
            report.bound(new Bound(
                    "requests of a rerun, for each store",
                    ours.getLast().passed().total() / (double) (1 + DESTINATIONS.size()),
                    6,
                    ""));
            Optional<Path> rclone = programs.find("rclone");
            if (rclone.isEmpty()) {
                report.line("rclone   not installed: run interop/peers");
                return;
            }
            MeasuredFiles theirs = rclone(server.get(), proxy, rclone.get(), place);
            theirs.tell(report, "rclone");
            report.bound(new Bound("time over rclone's", ours.getFirst().seconds() / theirs.seconds(), 0.5, "times"));
        } finally {
            Folders.delete(place);
        }
    }

    /// The folder that the server takes its buckets from, and manifests.
    private static void seed(Path place) throws IOException {
        Random random = new Random(1);
        Path staging = Files.createDirectories(place.resolve("data/staging"));
        StringBuilder files = new StringBuilder("files:\n");
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[BYTES];
            random.nextBytes(content);
            Files.write(staging.resolve("file-" + i), content);
            files.append("- name: file-%d\n  sha256: %s\n"
                    .formatted(i, Digest.sha256(content).hex()));
        }
        Files.writeString(place.resolve("files.yaml"), files);
        StringBuilder stores = new StringBuilder("filestores:\n- base: gs://staging\n  src: true\n");
        for (String bucket : DESTINATIONS) {
            Files.createDirectories(place.resolve("data").resolve(bucket));
            stores.append(
                    "- base: gs://%s\n  service-account: bench@project.iam.gserviceaccount.com\n".formatted(bucket));
        }
        Files.writeString(place.resolve("filestores.yaml"), stores);
    }

    private List<MeasuredFiles> kpromo(Path server, ProxyProcess proxy, Path place)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                programs.kpromo().toString(),
                "run",
                "files",
                "--filestores",
                place.resolve("filestores.yaml").toString(),
                "--files",
                place.resolve("files.yaml").toString(),
                "--threads",
                AT_ONCE,
                "--qps",
                "100000",
                "--confirm");
        List<MeasuredFiles> measured = new ArrayList<>();
        try (ServerProcess store = start(server, place)) {
            int door = proxy.door(store.port());
            Map<String, String> environment =
                    Map.of("STORAGE_EMULATOR_HOST", "http://127.0.0.1:" + door, "DOCKER_CONFIG", place.toString());
            for (int i = 0; i < 2; i++) {
                proxy.delay(DELAY_MILLIS);
                proxy.reset();
                measured.add(MeasuredFiles.of(
                        store,
                        proxy,
                        door,
                        () -> Run.of(command, environment, place).orThrow("kpromo")));
            }
            proxy.close(door);
        }
        return measured;
    }

    private static MeasuredFiles rclone(Path server, ProxyProcess proxy, Path rclone, Path place)
            throws IOException, InterruptedException {
        try (ServerProcess store = start(server, place)) {
            int door = proxy.door(store.port());
            List<List<String>> commands = DESTINATIONS.stream()
                    .map(bucket -> Stream.of(
                                    rclone.toString(),
                                    "copy",
                                    ":gcs:staging",
                                    ":gcs:" + bucket,
                                    "--transfers=" + AT_ONCE,
                                    "--checkers=" + AT_ONCE,
                                    "--gcs-anonymous",
                                    "--gcs-no-check-bucket",
                                    // The server copies by itself otherwise, and nothing is read.
                                    "--disable=copy",
                                    "--gcs-endpoint=http://127.0.0.1:" + door + "/storage/v1/",
                                    "--config=/dev/null")
                            .toList())
                    .toList();
            proxy.delay(DELAY_MILLIS);
            proxy.reset();
            return MeasuredFiles.of(
                    store,
                    proxy,
                    door,
                    () -> new PeerPool(place, DESTINATIONS.size()).all(commands).orThrow("rclone"));
        }
    }

    /// With the buckets as they were seeded, in memory.
    private static ServerProcess start(Path server, Path place) throws IOException, InterruptedException {
        Path log = place.resolve("server.log");
        return ServerProcess.start(port -> {
            ProcessBuilder builder = new ProcessBuilder(
                            server.toString(),
                            "-scheme=http",
                            "-host=127.0.0.1",
                            "-port=" + port,
                            "-backend=memory",
                            "-data=" + place.resolve("data"),
                            "-log-level=error")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            // As for registries, and for all programs alike.
            builder.environment().putIfAbsent("GOGC", RegistryServer.ROOM);
            return new ServerProcess(builder.start(), port, log);
        });
    }
}
