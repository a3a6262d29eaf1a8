// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.proxy.Passed;
import io.kpromo.bench.proxy.ProxyProcess;
import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// One run, and what passed the proxy.
///
/// @param servers CPU time of the store
/// @param proxy CPU time of the proxy
/// @param machine CPU time of all that ran meanwhile
record MeasuredFiles(Run run, Passed passed, Duration servers, Duration proxy, Duration machine) {
    double seconds() {
        return run.wall().toMillis() / 1e3;
    }

    /// CPU time of what has nothing to do with the measurement: much of it makes it worthless.
    double strangersSeconds() {
        Duration ours = run.cpu().plus(servers).plus(proxy);
        return Math.max(0, machine.minus(ours).toMillis() / 1e3);
    }

    double received() {
        return passed.received().values().stream().mapToLong(Long::longValue).sum();
    }

    @FunctionalInterface
    interface Running {
        Run run() throws IOException, InterruptedException;
    }

    /// Runs a program and looks at what everybody used meanwhile.
    static MeasuredFiles of(ServerProcess store, ProxyProcess proxy, int door, Running running)
            throws IOException, InterruptedException {
        Duration servers = Processes.cpu(store.process().pid());
        Duration passing = Processes.cpu(proxy.pid());
        Duration machine = Processes.cpuOfAll();
        Run run = running.run();
        return new MeasuredFiles(
                run,
                proxy.passed(door),
                Processes.cpu(store.process().pid()).minus(servers),
                Processes.cpu(proxy.pid()).minus(passing),
                Processes.cpuOfAll().minus(machine));
    }

    void tell(Report report, String program) {
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
                passed.total(),
                received() / 1e6,
                run.peakResident() >> 20));
        report.keep(
                "files",
                Map.of(
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
                        passed.total(),
                        "receivedBytes",
                        received()));
    }
}
