// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.proxy.Passed;
import io.kpromo.bench.proxy.ProxyProcess;
import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One run, and what passed the proxy.
///
/// @param servers CPU time of the store
/// @param proxy CPU time of the proxy
/// @param machine CPU time of all that ran meanwhile
record MeasuredFiles(Run run, List<Passed> passed, Duration servers, Duration proxy, Duration machine) {
    MeasuredFiles {
        passed = List.copyOf(passed);
    }

    double seconds() {
        return run.wall().toMillis() / 1e3;
    }

    /// CPU time of what has nothing to do with the measurement: much of it makes it worthless.
    double strangersSeconds() {
        Duration ours = run.cpu().plus(servers).plus(proxy);
        return Math.max(0, machine.minus(ours).toMillis() / 1e3);
    }

    /// Bytes of all answers.
    double received() {
        return passed.stream()
                .flatMap(door -> door.received().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    long requests() {
        return passed.stream().mapToLong(Passed::total).sum();
    }

    @FunctionalInterface
    interface Running {
        Run run() throws IOException, InterruptedException;
    }

    /// Runs a program and looks at what everybody used meanwhile.
    static MeasuredFiles of(ServerProcess store, ProxyProcess proxy, List<Integer> doors, Running running)
            throws IOException, InterruptedException {
        Duration servers = Processes.cpu(store.process().pid());
        Duration passing = Processes.cpu(proxy.pid());
        Duration machine = Processes.cpuOfAll();
        Run run = running.run();
        List<Passed> passed = new ArrayList<>();
        for (int door : doors) {
            passed.add(proxy.passed(door));
        }
        return new MeasuredFiles(
                run,
                passed,
                Processes.cpu(store.process().pid()).minus(servers),
                Processes.cpu(proxy.pid()).minus(passing),
                Processes.cpuOfAll().minus(machine));
    }

    void tell(Report report, FileService service, String program) {
        report.line(String.format(
                Locale.ROOT,
                "%-8s %6.2f s wall, CPU %.2f s (server %.2f, proxy %.2f, strangers %.2f), %d requests,"
                        + " %.1f MB received, peak %d MiB",
                program,
                seconds(),
                run.cpu().toMillis() / 1e3,
                servers.toMillis() / 1e3,
                proxy.toMillis() / 1e3,
                strangersSeconds(),
                requests(),
                received() / 1e6,
                run.peakResident() >> 20));
        report.keep(
                "files",
                Map.of(
                        "stores",
                        service.title(),
                        "program",
                        program,
                        "wallSeconds",
                        seconds(),
                        "cpuSeconds",
                        run.cpu().toMillis() / 1e3,
                        "serverCpuSeconds",
                        servers.toMillis() / 1e3,
                        "proxyCpuSeconds",
                        proxy.toMillis() / 1e3,
                        "strangersCpuSeconds",
                        strangersSeconds(),
                        "requests",
                        requests(),
                        "receivedBytes",
                        received()));
    }
}
