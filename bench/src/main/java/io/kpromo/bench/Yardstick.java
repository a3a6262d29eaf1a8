// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.proxy.ProxyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The yardstick: one workload to ten mirrors, by kpromo and by whatever else is installed, each against fresh
/// registries, with some delay on each request.
final class Yardstick implements AutoCloseable {
    static final int MIRRORS = 10;
    private static final int PEERS_AT_ONCE = 20;

    private final Programs programs;
    private final Workload workload;
    private final Path folder;
    private final ProxyProcess proxy;

    /// @param folder for the registries' contents; on a file system that does not hold up `fsync`
    Yardstick(Programs programs, Workload workload, Path folder) throws IOException {
        this.programs = programs;
        this.workload = workload;
        this.folder = folder;
        this.proxy = ProxyProcess.start();
    }

    /// Lets the whole workload pass the proxy once, unmeasured. Without it the first program, or the one with the
    /// fewest
    /// requests, would pay for the proxy's own compiler.
    void warmUp(RegistryProgram registry) throws IOException, InterruptedException {
        kpromo(registry, 1);
    }

    /// The promotion by kpromo, and a second run that finds nothing to do.
    List<Promotion> kpromo(RegistryProgram registry, long delayMillis) throws IOException, InterruptedException {
        return inLandscape(registry, delayMillis, (landscape, place) -> {
            List<String> command = new ArrayList<>(List.of(
                    programs.kpromo().toString(),
                    "cip",
                    "--manifest",
                    landscape.manifest(place).toString(),
                    "--confirm",
                    "--sign=false"));
            if (registry == RegistryProgram.GOOGLE_LISTING) {
                for (String production : landscape.productions()) {
                    command.add("--google-listing=" + production.substring(0, production.indexOf('/')));
                }
            }
            Map<String, String> environment = Map.of("DOCKER_CONFIG", place.toString(), "HOME", place.toString());
            Work promote = () -> Run.of(command, environment, place);
            Measurement measurement = new Measurement(landscape, proxy, registry, delayMillis);
            return List.of(measurement.of("kpromo", false, promote), measurement.of("kpromo", true, promote));
        });
    }

    /// The same by a program of others, one process an edge, 20 at a time.
    Promotion peer(Peer peer, RegistryProgram registry, long delayMillis) throws IOException, InterruptedException {
        return inLandscape(registry, delayMillis, (landscape, place) -> {
                    PeerPool pool = new PeerPool(place, PEERS_AT_ONCE);
                    return List.of(new Measurement(landscape, proxy, registry, delayMillis)
                            .of(peer.name(), false, () -> pool.all(landscape.copies(peer))));
                })
                .getFirst();
    }

    private List<Promotion> inLandscape(RegistryProgram registry, long delayMillis, Measuring measuring)
            throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(folder, "yardstick");
        proxy.delay(0);
        try (Landscape landscape = Landscape.open(programs, registry, proxy, workload, MIRRORS, place)) {
            proxy.delay(delayMillis);
            return measuring.measure(landscape, place);
        } finally {
            Folders.delete(place);
        }
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }

    private interface Measuring {
        List<Promotion> measure(Landscape landscape, Path place) throws IOException, InterruptedException;
    }

    private interface Work {
        Run run() throws IOException, InterruptedException;
    }

    private record Measurement(Landscape landscape, ProxyProcess proxy, RegistryProgram registry, long delayMillis) {
        Promotion of(String program, boolean rerun, Work work) throws IOException, InterruptedException {
            proxy.reset();
            Duration proxyCpu = Processes.cpu(proxy.pid());
            Duration registriesCpu = landscape.registriesCpu();
            Duration machineCpu = Processes.cpuOfAll();
            Run run = work.run();
            return new Promotion(
                    program,
                    registry.title(),
                    delayMillis,
                    rerun,
                    run,
                    landscape.passedSource(),
                    landscape.passedMirrors(),
                    Processes.cpu(proxy.pid()).minus(proxyCpu),
                    landscape.registriesCpu().minus(registriesCpu),
                    Processes.cpuOfAll().minus(machineCpu),
                    landscape.edgesInPlace(),
                    landscape.edges(),
                    landscape.distinctBytes());
        }
    }
}
