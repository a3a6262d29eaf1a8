// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A layer of 4 GiB to three mirrors, with a small heap.
final class LargeLayer {
    private static final long BYTES = 4L << 30;
    private static final int MIRRORS = 3;
    private static final double ALLOWED_MIB = 256;

    private final Programs programs;
    private final Path folder;

    LargeLayer(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    void measure(Report report) throws IOException, InterruptedException {
        report.title("A layer of 4 GiB to " + MIRRORS + " mirrors that hash and drop it");
        double mebibytes = kpromo(report);
        report.bound(new Bound("resident with -Xmx128m", mebibytes, ALLOWED_MIB, "MiB"));
        Optional<Path> crane = programs.find("crane");
        if (crane.isPresent()) {
            crane(report, crane.get());
        }
    }

    private double kpromo(Report report) throws IOException, InterruptedException {
        try (LargeServers registries = LargeServers.start(BYTES, MIRRORS)) {
            StringBuilder yaml = new StringBuilder("registries:\n- name: " + registries.source() + "/s\n  src: true\n");
            registries
                    .sinks()
                    .forEach(sink -> yaml.append("- name: ").append(sink).append("/p\n"));
            yaml.append("images:\n- name: large\n  dmap:\n    \"%s\": [\"1.0\"]\n".formatted(registries.digest()));
            Path manifest = Files.writeString(folder.resolve("large.yaml"), yaml);
            List<String> command = List.of(
                    programs.kpromo().toString(),
                    "cip",
                    "--manifest",
                    manifest.toString(),
                    "--confirm",
                    "--sign=false");
            Duration servers = Processes.cpu(registries.process().pid());
            Run run = Run.of(
                            command, Map.of("KPROMO_JAVA_OPTS", "-Xmx128m", "DOCKER_CONFIG", folder.toString()), folder)
                    .orThrow("kpromo");
            line(
                    report,
                    "kpromo",
                    run,
                    Processes.cpu(registries.process().pid()).minus(servers));
            return run.peakResident() / (double) (1 << 20);
        }
    }

    private void crane(Report report, Path crane) throws IOException, InterruptedException {
        try (LargeServers registries = LargeServers.start(BYTES, MIRRORS)) {
            List<List<String>> copies = registries.sinks().stream()
                    .map(sink -> List.of(
                            crane.toString(), "copy", registries.source() + "/s/large:1.0", sink + "/p/large:1.0"))
                    .toList();
            Duration servers = Processes.cpu(registries.process().pid());
            Run run = new PeerPool(folder, MIRRORS).all(copies).orThrow("crane");
            line(report, "crane", run, Processes.cpu(registries.process().pid()).minus(servers));
        }
    }

    private static void line(Report report, String program, Run run, Duration servers) {
        double seconds = run.wall().toMillis() / 1e3;
        double cpu = run.cpu().toMillis() / 1e3;
        report.line(String.format(
                Locale.ROOT,
                "%-8s %6.1f s wall, %.0f MB/s written to each mirror, CPU %.1f s, peak %d MiB; registries' CPU %.1f s",
                program,
                seconds,
                BYTES / 1e6 / seconds,
                cpu,
                run.peakResident() >> 20,
                servers.toMillis() / 1e3));
        report.keep(
                "large",
                Map.of(
                        "program",
                        program,
                        "wallSeconds",
                        seconds,
                        "cpuSeconds",
                        cpu,
                        "peakResidentBytes",
                        run.peakResident(),
                        "registriesCpuSeconds",
                        servers.toMillis() / 1e3));
    }
}
