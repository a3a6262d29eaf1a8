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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Many small files from one bucket to three, with 20 ms added to each request; rclone beside kpromo, which
/// copies to all three at once, with as many transfers as we have threads.
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
    private final FileService service;

    FilesYardstick(Programs programs, Path folder, FileService service) {
        this.programs = programs;
        this.folder = folder;
        this.service = service;
    }

    void measure(Report report) throws IOException, InterruptedException {
        report.title("%d files of 100 kB from one bucket to three, %d ms a request, %s"
                .formatted(FILES, DELAY_MILLIS, service.program()));
        Optional<Path> server = programs.find(service.program());
        if (server.isEmpty()) {
            report.line(service.program() + " is not installed: run interop/peers");
            return;
        }
        Optional<Path> rclone = programs.find("rclone");
        if (rclone.isEmpty()) {
            report.line("rclone is not installed: run interop/peers");
            return;
        }
        Path place = Files.createTempDirectory(folder, "files");
        seed(place);
        service.stage(server.get(), rclone.get(), place.resolve("seed"), place);
        try (ProxyProcess proxy = ProxyProcess.start()) {
            // Not measured: the proxy is to be as warm for the first program as for the second.
            kpromo(server.get(), proxy, place, 0, 1);
            List<MeasuredFiles> ours = kpromo(server.get(), proxy, place, DELAY_MILLIS, 2);
            ours.getFirst().tell(report, service, "kpromo");
            ours.getLast().tell(report, service, "again");
            report.bound(new Bound(
                    service.title() + ": requests, over the least and listings",
                    ours.getFirst().requests() / (double) (LEAST + LISTINGS),
                    1.15,
                    "times"));
            report.bound(new Bound(
                    service.title() + ": bytes read, over the files' own",
                    ours.getFirst().received() / ((double) FILES * BYTES),
                    1.05,
                    "times, answers to writes and listings included"));
            report.bound(new Bound(
                    service.title() + ": requests of a rerun, for each store",
                    ours.getLast().requests() / (double) (1 + DESTINATIONS.size()),
                    6,
                    ""));
            MeasuredFiles theirs = rclone(server.get(), proxy, rclone.get(), place);
            theirs.tell(report, service, "rclone");
            report.bound(new Bound(
                    service.title() + ": time over rclone's",
                    ours.getFirst().seconds() / theirs.seconds(),
                    0.5,
                    "times"));
        } finally {
            Folders.delete(place);
        }
    }

    /// The files, and the manifest that names them.
    private static void seed(Path place) throws IOException {
        Random random = new Random(1);
        Path seed = Files.createDirectories(place.resolve("seed"));
        StringBuilder files = new StringBuilder("files:\n");
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[BYTES];
            random.nextBytes(content);
            Files.write(seed.resolve("file-" + i), content);
            files.append("- name: file-%d\n  sha256: %s\n"
                    .formatted(i, Digest.sha256(content).hex()));
        }
        Files.writeString(place.resolve("files.yaml"), files);
    }

    /// Destinations that hold nothing.
    private static void empty(Path place) throws IOException {
        for (String bucket : DESTINATIONS) {
            Path held = place.resolve("data").resolve(bucket);
            if (Files.exists(held)) {
                Folders.delete(held);
            }
            Files.createDirectories(held);
        }
    }

    private List<MeasuredFiles> kpromo(Path server, ProxyProcess proxy, Path place, long delayMillis, int runs)
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
        empty(place);
        try (ServerProcess store = service.start(server, place)) {
            int from = proxy.door(store.port());
            int to = proxy.door(store.port());
            Files.writeString(place.resolve("filestores.yaml"), service.filestores(address(from), DESTINATIONS));
            Map<String, String> environment = new HashMap<>(service.environment(address(to)));
            environment.put("DOCKER_CONFIG", place.toString());
            for (int i = 0; i < runs; i++) {
                proxy.delay(delayMillis);
                proxy.reset();
                measured.add(MeasuredFiles.of(
                        store,
                        proxy,
                        List.of(from, to),
                        () -> Run.of(command, environment, place).orThrow("kpromo")));
            }
            proxy.close(from);
            proxy.close(to);
        }
        return measured;
    }

    private static String address(int door) {
        return "http://127.0.0.1:" + door;
    }

    private MeasuredFiles rclone(Path server, ProxyProcess proxy, Path rclone, Path place)
            throws IOException, InterruptedException {
        empty(place);
        try (ServerProcess store = service.start(server, place)) {
            int from = proxy.door(store.port());
            int to = proxy.door(store.port());
            List<String> first = List.of(
                    rclone.toString(), "copy", "--transfers=" + AT_ONCE, "--checkers=" + AT_ONCE, "--config=/dev/null");
            List<List<String>> commands = DESTINATIONS.stream()
                    .map(bucket -> Stream.concat(
                                    first.stream(), service.rclone(address(from), address(to), bucket).stream())
                            .toList())
                    .toList();
            proxy.delay(DELAY_MILLIS);
            proxy.reset();
            return MeasuredFiles.of(
                    store,
                    proxy,
                    List.of(from, to),
                    () -> new PeerPool(place, DESTINATIONS.size(), Map.of("AWS_CA_BUNDLE", ""))
                            .all(commands)
                            .orThrow("rclone"));
        }
    }
}
