// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.proxy.Passed;
import java.time.Duration;

/// One promotion of the workload by one program, measured.
///
/// @param program that did it
/// @param registry that all of source and mirrors are
/// @param delayMillis added to each request
/// @param rerun whether everything was in place before
/// @param run the program itself; for several processes their sums
/// @param source what was asked of the staging registry
/// @param mirrors what was asked of all mirrors together
/// @param proxyCpu time that the proxy used
/// @param registriesCpu time that the registries used
/// @param machineCpu time that everything on this machine used meanwhile
/// @param edgesInPlace afterwards
/// @param edges that were wanted
/// @param distinctBytes of the workload
record Promotion(
        String program,
        String registry,
        long delayMillis,
        boolean rerun,
        Run run,
        Passed source,
        Passed mirrors,
        Duration proxyCpu,
        Duration registriesCpu,
        Duration machineCpu,
        long edgesInPlace,
        long edges,
        long distinctBytes) {
    long requests() {
        return source.total() + mirrors.total();
    }

    /// 1.00 where each byte of the workload was read once.
    double sourceReads() {
        return (double) source.contentBytes() / distinctBytes;
    }

    /// How busy the processors were, 0 to 1: near 1 they are what bounds the wall time.
    double busy() {
        return machineCpu.toMillis()
                / 1000.0
                / wallSeconds()
                / Runtime.getRuntime().availableProcessors();
    }

    /// CPU seconds of programs that have nothing to do with the measurement: many make it worthless.
    double strangersCpuSeconds() {
        Duration ours = run.cpu().plus(registriesCpu).plus(proxyCpu);
        return Math.max(0, machineCpu.minus(ours).toMillis() / 1000.0);
    }

    double wallSeconds() {
        return run.wall().toMillis() / 1000.0;
    }

    boolean complete() {
        return run.exit() == 0 && edgesInPlace == edges;
    }
}
