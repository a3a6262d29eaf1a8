// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What Linux tells of processes below `/proc`.
final class Processes {
    /// What `getconf CLK_TCK` says on every Linux that Java runs on.
    private static final long TICKS_A_SECOND = 100;

    private Processes() {}

    /// CPU time, user and system, that a running process has used; nothing where it has gone.
    static Duration cpu(long pid) {
        List<String> fields = stat(Long.toString(pid));
        return fields.isEmpty() ? Duration.ZERO : ticks(fields, 11, 12);
    }

    /// CPU time of all children of this process that have ended, and of theirs that they waited for.
    static Duration cpuOfEndedChildren() {
        return ticks(stat("self"), 13, 14);
    }

    /// CPU time that all processes of this machine together have used since it started, the kernel's work included.
    static Duration cpuOfAll() {
        try {
            String[] fields =
                    Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
            long ticks = 0;
            for (int i : new int[] {1, 2, 3, 6, 7}) { // user, nice, system, irq, softirq: neither idle nor waiting
                ticks += Long.parseLong(fields[i]);
            }
            return Duration.ofMillis(ticks * 1000 / TICKS_A_SECOND);
        } catch (IOException _) {
            return Duration.ZERO;
        }
    }

    /// Bytes of memory that a process had resident at its peak; 0 where it has gone.
    static long peakResident(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException _) {
            // It has ended: what was seen last stands.
        }
        return 0;
    }

    /// The fields after the command's name, so that the first is the state.
    private static List<String> stat(String pid) {
        try {
            String line = Files.readString(Path.of("/proc", pid, "stat"));
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException _) {
            return List.of();
        }
    }

    private static Duration ticks(List<String> fields, int user, int system) {
        long ticks = Long.parseLong(fields.get(user)) + Long.parseLong(fields.get(system));
        return Duration.ofMillis(ticks * 1000 / TICKS_A_SECOND);
    }
}
