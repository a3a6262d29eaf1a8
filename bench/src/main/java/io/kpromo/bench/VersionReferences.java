// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `kpromo release verify-dependencies` with 200 dependencies in 1,000 files, start-up included.
final class VersionReferences {
    private static final int TIMES = 11;
    private static final int DEPENDENCIES = 200;
    private static final int FILES = 5;
    private static final int LINES = 120;
    private static final double ALLOWED_SECONDS = 1;
    /// As projects write them: numbers of SemVer with all that may come behind.
    private static final String SEMVER = "v((([0-9]+)\\.([0-9]+)\\.([0-9]+)(?:-([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?)"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?)";

    private final Programs programs;
    private final Path folder;

    VersionReferences(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    void measure(Report report) throws IOException, InterruptedException {
        report.title("Version references: " + DEPENDENCIES + " dependencies in " + DEPENDENCIES * FILES
                + " files, the median of " + TIMES);
        Path tree = Files.createDirectories(folder.resolve("references"));
        fill(tree);
        double usual = median(tree, List.of());
        double strict = median(tree, List.of("--strict"));
        Folders.delete(tree);
        told(report, "verify-dependencies", usual);
        told(report, "verify-dependencies --strict", strict);
        report.bound(new Bound("release verify-dependencies", usual, ALLOWED_SECONDS, "s"));
        report.bound(new Bound("release verify-dependencies --strict", strict, ALLOWED_SECONDS, "s"));
    }

    private static void told(Report report, String name, double seconds) {
        report.line(String.format(Locale.ROOT, "%-30s %6.2f s", name, seconds));
        report.keep("dependencies", Map.of("program", name, "wallSeconds", seconds));
    }

    private double median(Path tree, List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                programs.kpromo().toString(), "release", "verify-dependencies", "--base-path", tree.toString()));
        command.addAll(flags);
        double[] seconds = new double[TIMES];
        for (int i = -1; i < TIMES; i++) { // the first only warms up
            Run run = Run.of(command, Map.of(), folder).orThrow("verify-dependencies");
            if (i >= 0) {
                seconds[i] = run.wall().toNanos() / 1e9;
            }
        }
        Arrays.sort(seconds);
        return seconds[TIMES / 2];
    }

    private static void fill(Path tree) throws IOException {
        StringBuilder dependencies = new StringBuilder("dependencies:\n");
        for (int i = 0; i < DEPENDENCIES; i++) {
            String version = "v1." + i + ".3";
            dependencies.append("- name: dependency-%d%n  version: %s%n  refPaths:%n".formatted(i, version));
            Path one = Files.createDirectories(tree.resolve("folder-" + i));
            for (int j = 0; j < FILES; j++) {
                StringBuilder lines = new StringBuilder();
                for (int k = 0; k < LINES; k++) {
                    lines.append("    image: registry.example/other-%d:v0.%d.1%n".formatted(k, k));
                }
                lines.append("    image: registry.example/image-%d:%s%n".formatted(i, version));
                Files.writeString(one.resolve("file-" + j + ".yaml"), lines);
                dependencies.append("  - path: folder-%d/file-%d.yaml%n".formatted(i, j));
                dependencies
                        .append("    match: registry\\.example\\/image-")
                        .append(i)
                        .append(':')
                        .append(SEMVER)
                        .append('\n');
            }
        }
        Files.writeString(tree.resolve("dependencies.yaml"), dependencies);
    }
}
