// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.images.sample.SampleTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reading the largest tree that people have: 20,880 digests, 657,360 edges, without any network.
final class Trees {
    private static final int TIMES = 5;
    private static final double ALLOWED_SECONDS = 1;
    private static final double ALLOWED_MIB = 220;
    /// The big project's first destination.
    private static final String DESTINATION = "region-00-docker.pkg.dev/k8s-artifacts-prod/images";

    private final Programs programs;
    private final Path folder;

    Trees(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    void measure(Report report) throws IOException, InterruptedException {
        report.title("Trees: the median of " + TIMES + ", start-up included");
        Path tree = folder.resolve("tree");
        SampleTree.standard().write(tree);
        measure(report, "--parse-only", List.of("--thin-manifest-dir", tree.toString(), "--parse-only"));
        measure(
                report,
                "--manifest-based-snapshot-of",
                List.of("--thin-manifest-dir", tree.toString(), "--manifest-based-snapshot-of", DESTINATION));
        Folders.delete(tree);
    }

    private void measure(Report report, String what, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(programs.kpromo().toString(), "cip"));
        command.addAll(arguments);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i <= TIMES; i++) {
            Run run = Run.of(command, Map.of("DOCKER_CONFIG", folder.toString()), folder)
                    .orThrow("kpromo cip " + what);
            if (i > 0) {
                runs.add(run);
            }
        }
        runs.sort(Comparator.comparing(Run::wall));
        double seconds = runs.get(TIMES / 2).wall().toNanos() / 1e9;
        double cpu = runs.stream()
                        .map(Run::cpu)
                        .mapToLong(Duration::toMillis)
                        .average()
                        .orElse(0)
                / 1e3;
        double mebibytes = runs.stream().mapToLong(Run::peakResident).max().orElse(0) / (double) (1 << 20);
        report.line(String.format(
                Locale.ROOT, "%-30s %6.2f s wall, %.2f s CPU, peak %.0f MiB", what, seconds, cpu, mebibytes));
        report.keep(
                "trees", Map.of("what", what, "wallSeconds", seconds, "cpuSeconds", cpu, "peakResidentMiB", mebibytes));
        report.bound(new Bound(what, seconds, ALLOWED_SECONDS, "s"));
        report.bound(new Bound(what + ", resident", mebibytes, ALLOWED_MIB, "MiB"));
    }
}
