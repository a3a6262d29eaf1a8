// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How long a program takes that has nothing to do: what people wait for all day.
final class Startup {
    private static final int TIMES = 20;
    private static final double ALLOWED_MILLIS = 105;
    /// What a bare JVM takes on the machine that the bound above was set on.
    private static final double BARE_MILLIS = 26;

    private final Programs programs;

    Startup(Programs programs) {
        this.programs = programs;
    }

    void measure(Report report) throws IOException, InterruptedException {
        report.title("Start-up: the median of " + TIMES + ", one of each in turn");
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(
                "bare JVM",
                List.of(
                        Programs.java().toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        ownClasses(),
                        Hello.class.getName()));
        commands.put("kpromo version", List.of(programs.kpromo().toString(), "version"));
        commands.put("kpromo --help", List.of(programs.kpromo().toString(), "--help"));
        commands.put("kpromo cip --help", List.of(programs.kpromo().toString(), "cip", "--help"));
        Optional<Path> crane = programs.find("crane");
        crane.ifPresent(path -> commands.put("crane version", List.of(path.toString(), "version")));
        Map<String, Double> medians = medians(commands);
        medians.forEach((name, millis) -> {
            report.line(String.format(Locale.ROOT, "%-20s %7.1f ms", name, millis));
            report.keep("startup", Map.of("program", name, "medianMillis", millis));
        });
        double bare = medians.getOrDefault("bare JVM", BARE_MILLIS);
        report.bound(new Bound(
                "kpromo version where a bare JVM takes %.0f ms".formatted(bare),
                medians.getOrDefault("kpromo version", Double.MAX_VALUE),
                ALLOWED_MILLIS * bare / BARE_MILLIS,
                "ms"));
    }

    /// In turn, so that what else the machine does meets all of them.
    private static Map<String, Double> medians(Map<String, List<String>> commands)
            throws IOException, InterruptedException {
        Map<String, double[]> times = new LinkedHashMap<>();
        for (int i = -2; i < TIMES; i++) { // the first two only warm up
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                double millis = once(command.getValue());
                if (i >= 0) {
                    times.computeIfAbsent(command.getKey(), _ -> new double[TIMES])[i] = millis;
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((name, all) -> {
            Arrays.sort(all);
            medians.put(name, (all[TIMES / 2 - 1] + all[TIMES / 2]) / 2);
        });
        return medians;
    }

    private static double once(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    /// The first entry of the class path is our own.
    private static String ownClasses() {
        return System.getProperty("java.class.path").split(":", 2)[0];
    }
}
