// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that has run to its end.
///
/// @param exit its exit code
/// @param wall from before its start to after its end
/// @param cpu user and system time, its children's included; exact to 10 ms
/// @param peakResident bytes resident at the peak, looked at every few milliseconds
/// @param output both streams
record Run(int exit, Duration wall, Duration cpu, long peakResident, String output) {
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /// Runs a program and waits for it. No other child of this process may end meanwhile, for the CPU time's sake.
    static Run of(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Duration cpu = Processes.cpuOfEndedChildren();
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            long peak = 0;
            do {
                peak = Math.max(peak, Processes.peakResident(process.pid()));
                if (System.nanoTime() - start > LONGEST.toNanos()) {
                    throw new IOException(String.join(" ", command) + " has not ended after " + LONGEST);
                }
            } while (!process.waitFor(50, TimeUnit.MILLISECONDS));
            Duration wall = Duration.ofNanos(System.nanoTime() - start);
            Duration used = Processes.cpuOfEndedChildren().minus(cpu);
            return new Run(process.exitValue(), wall, used, peak, Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /// @throws IOException when the program says that it failed
    Run orThrow(String what) throws IOException {
        if (exit != 0) {
            throw new IOException(what + " ended with " + exit + ":\n" + output);
        }
        return this;
    }
}
