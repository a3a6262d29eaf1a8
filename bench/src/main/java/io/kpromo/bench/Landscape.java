// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.proxy.Passed;
import io.kpromo.bench.proxy.ProxyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A staging registry with the workload and some empty mirrors, each behind a door of the proxy.
final class Landscape implements AutoCloseable {
    static final String STAGING = "staging";
    static final String PRODUCTION = "prod/images";

    private final Workload workload;
    private final ProxyProcess proxy;
    private final RegistryServer source;
    private final int sourceDoor;
    private final List<RegistryServer> mirrors = new ArrayList<>();
    private final List<Integer> mirrorDoors = new ArrayList<>();

    private Landscape(Workload workload, ProxyProcess proxy, RegistryServer source) throws IOException {
        this.workload = workload;
        this.proxy = proxy;
        this.source = source;
        this.sourceDoor = proxy.door(source.port());
    }

    /// Starts fresh registries and fills the source; the proxy adds no delay yet and has counted nothing.
    static Landscape open(
            Programs programs, RegistryProgram kind, ProxyProcess proxy, Workload workload, int mirrors, Path folder)
            throws IOException, InterruptedException {
        RegistryServer source = kind.start(programs, folder.resolve("source"));
        Landscape landscape = new Landscape(workload, proxy, source);
        try (Seeder seeder = new Seeder()) {
            for (int i = 0; i < mirrors; i++) {
                RegistryServer mirror = kind.start(programs, folder.resolve("mirror-" + i));
                landscape.mirrors.add(mirror);
                landscape.mirrorDoors.add(proxy.door(mirror.port()));
            }
            seeder.push(workload, source.url(), STAGING);
            proxy.reset();
            return landscape;
        } catch (IOException | InterruptedException e) {
            landscape.close();
            throw e;
        }
    }

    /// Where a program finds an image, through the proxy.
    String sourceOf(Workload.Image image) {
        return "127.0.0.1:" + sourceDoor + "/" + STAGING + "/" + image.name();
    }

    /// The destinations' prefixes, through the proxy.
    List<String> productions() {
        return mirrorDoors.stream()
                .map(door -> "127.0.0.1:" + door + "/" + PRODUCTION)
                .toList();
    }

    /// A plain manifest that promotes the workload to all mirrors.
    Path manifest(Path folder) throws IOException {
        StringBuilder yaml = new StringBuilder("registries:\n");
        yaml.append("- name: 127.0.0.1:%d/%s\n  src: true\n".formatted(sourceDoor, STAGING));
        productions()
                .forEach(
                        production -> yaml.append("- name: ").append(production).append('\n'));
        Map<String, StringBuilder> images = new LinkedHashMap<>();
        for (Workload.Image image : workload.images()) {
            images.computeIfAbsent(image.name(), _ -> new StringBuilder())
                    .append("    \"%s\": [\"%s\"]\n".formatted(image.digest(), String.join("\", \"", image.tags())));
        }
        yaml.append("images:\n");
        images.forEach((name, digests) -> yaml.append("- name: %s\n  dmap:\n%s".formatted(name, digests)));
        return Files.writeString(folder.resolve("manifest.yaml"), yaml);
    }

    /// One command line an edge; all first tags before all second ones, which is kindest to programs that know nothing
    /// of each other: the second tag of an image finds its content in place.
    List<List<String>> copies(Peer peer) {
        List<List<String>> commands = new ArrayList<>();
        int most = workload.images().stream()
                .mapToInt(image -> image.tags().size())
                .max()
                .orElse(0);
        for (int nth = 0; nth < most; nth++) {
            for (Workload.Image image : workload.images()) {
                for (String tag :
                        image.tags().subList(nth, Math.min(nth + 1, image.tags().size()))) {
                    for (String production : productions()) {
                        commands.add(
                                peer.copying(sourceOf(image) + ":" + tag, production + "/" + image.name() + ":" + tag));
                    }
                }
            }
        }
        return commands;
    }

    Passed passedSource() throws IOException {
        return proxy.passed(sourceDoor);
    }

    Passed passedMirrors() throws IOException {
        Passed all = Passed.NOTHING;
        for (int door : mirrorDoors) {
            all = all.plus(proxy.passed(door));
        }
        return all;
    }

    /// CPU time that the registries have used so far.
    Duration registriesCpu() {
        Duration all = Processes.cpu(source.pid());
        for (RegistryServer mirror : mirrors) {
            all = all.plus(Processes.cpu(mirror.pid()));
        }
        return all;
    }

    /// How many edges are as they should be; asked past the proxy.
    long edgesInPlace() throws IOException, InterruptedException {
        long right = 0;
        try (Seeder seeder = new Seeder()) {
            for (RegistryServer mirror : mirrors) {
                right += seeder.tagsInPlace(workload, mirror.url(), PRODUCTION);
            }
        }
        return right;
    }

    long edges() {
        return workload.tags() * mirrors.size();
    }

    long distinctBytes() {
        return workload.distinctBytes();
    }

    @Override
    public void close() throws IOException {
        source.close();
        mirrors.forEach(RegistryServer::close);
        proxy.close(sourceDoor);
        for (int door : mirrorDoors) {
            proxy.close(door);
        }
    }
}
