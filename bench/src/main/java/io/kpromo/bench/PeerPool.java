// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Many copies by one program, so many at once: what `xargs -P` does.
final class PeerPool {
    private static final long LONGEST_SECONDS = 600;

    private final Map<String, String> environment;
    private final Path folder;
    private final int atOnce;

    /// @param folder for logs; a folder with neither credentials nor settings is made the programs' home
    PeerPool(Path folder, int atOnce) {
        this(folder, atOnce, Map.of());
    }

    /// @param more variables for the programs
    PeerPool(Path folder, int atOnce, Map<String, String> more) {
        this.folder = folder;
        this.atOnce = atOnce;
        Map<String, String> all = new HashMap<>(more);
        all.put("HOME", folder.toString());
        all.put("DOCKER_CONFIG", folder.toString());
        this.environment = Map.copyOf(all);
    }

    /// @throws IOException when one of them fails
    Run all(List<List<String>> commands) throws IOException, InterruptedException {
        Duration cpu = Processes.cpuOfEndedChildren();
        long start = System.nanoTime();
        List<Future<Integer>> copies = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            for (List<String> command : commands) {
                copies.add(pool.submit(() -> copy(command)));
            }
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        int failed = 0;
        for (Future<Integer> copy : copies) {
            failed += exitOf(copy) == 0 ? 0 : 1;
        }
        Duration used = Processes.cpuOfEndedChildren().minus(cpu);
        return new Run(failed, wall, used, 0, failed + " copies failed: see the logs in " + folder);
    }

    private int copy(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("peers.log").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    private static int exitOf(Future<Integer> copy) throws IOException, InterruptedException {
        try {
            return copy.get();
        } catch (ExecutionException e) {
            throw new IOException("a copy could not be started", e.getCause());
        }
    }
}
