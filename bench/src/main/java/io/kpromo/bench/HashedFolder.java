// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// `kpromo manifest files` over 100,000 files of 2 kB, beside what a shell does.
final class HashedFolder {
    private static final int TIMES = 7;
    private static final int FOLDERS = 500;
    private static final int FILES = 200;
    private static final int SIZE = 2000;
    private static final String OURS = "kpromo manifest files";
    private static final String SHELL = "find | xargs -P2 sha256sum";

    private final Programs programs;
    private final Path folder;

    HashedFolder(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    void measure(Report report) throws IOException, InterruptedException {
        report.title("Hashing " + FOLDERS * FILES + " files of " + SIZE + " bytes: the median of " + TIMES
                + ", one of each in turn");
        Path tree = folder.resolve("files");
        fill(tree);
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(OURS, List.of(programs.kpromo().toString(), "manifest", "files", "--src", tree.toString()));
        commands.put(SHELL, List.of("sh", "-c", "find \"$0\" -type f | xargs -P2 sha256sum", tree.toString()));
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        for (int i = -1; i < TIMES; i++) { // the first only warms up
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                Run run = Run.of(command.getValue(), Map.of(), folder).orThrow(command.getKey());
                if (i >= 0) {
                    runs.computeIfAbsent(command.getKey(), _ -> new ArrayList<>())
                            .add(run);
                }
            }
        }
        Folders.delete(tree);
        Map<String, Double> seconds = new LinkedHashMap<>();
        runs.forEach((name, all) -> seconds.put(name, told(report, name, all)));
        report.bound(new Bound(
                OURS + " beside " + SHELL,
                seconds.getOrDefault(OURS, Double.MAX_VALUE) / seconds.getOrDefault(SHELL, 1.0),
                1,
                "times"));
    }

    private static double told(Report report, String name, List<Run> runs) {
        runs.sort(Comparator.comparing(Run::wall));
        double wall = runs.get(runs.size() / 2).wall().toNanos() / 1e9;
        double cpu =
                runs.stream().mapToLong(run -> run.cpu().toMillis()).average().orElse(0) / 1e3;
        double mebibytes = runs.stream().mapToLong(Run::peakResident).max().orElse(0) / (double) (1 << 20);
        report.line(String.format(
                Locale.ROOT, "%-28s %6.2f s wall, %.2f s CPU, peak %.0f MiB", name, wall, cpu, mebibytes));
        report.keep("hashing", Map.of("program", name, "wallSeconds", wall, "cpuSeconds", cpu, "peakMiB", mebibytes));
        return wall;
    }

    private static void fill(Path tree) throws IOException {
        Random random = new Random(1);
        byte[] bytes = new byte[SIZE];
        for (int i = 0; i < FOLDERS; i++) {
            Path one = Files.createDirectories(tree.resolve("folder-" + i));
            for (int j = 0; j < FILES; j++) {
                random.nextBytes(bytes);
                Files.write(one.resolve("file-" + j), bytes);
            }
        }
    }
}
