// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A registry in a process of its own, on loopback, with a folder of its own.
record RegistryServer(ServerProcess server) implements AutoCloseable {
    /// Percent of its live heap that a registry written in Go may fill before it collects. It holds 4 MB here, and by
    /// default (100) spends almost half of the time of a small request on collecting them: then the collector is
    /// measured rather than the program that asks. A GOGC in the environment wins.
    static final String ROOM = "400";

    /// Docker's distribution, of Debian (`docker-registry`) or version 3 (`registry`): the two read the same settings.
    static RegistryServer distribution(Path program, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return new RegistryServer(ServerProcess.start(port -> {
            Path settings =
                    Files.writeString(folder.resolve("settings.yml"), """
                    version: 0.1
                    log: {level: error, accesslog: {disabled: true}}
                    storage:
                      filesystem: {rootdirectory: %s}
                      delete: {enabled: true}
                      cache: {blobdescriptor: inmemory}
                    http: {addr: "127.0.0.1:%d"}
                    """.formatted(folder.resolve("data"), port));
            return launch(List.of(program.toString(), "serve", settings.toString()), port, folder);
        }));
    }

    /// The embedded registry, as `kpromo registry serve` starts it.
    static RegistryServer embedded(Path kpromo, Path folder, List<String> more)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return new RegistryServer(ServerProcess.start(port -> {
            List<String> command = new ArrayList<>(List.of(kpromo.toString(), "registry", "serve"));
            command.addAll(List.of("--dir", folder.resolve("data").toString(), "--listen", "127.0.0.1:" + port));
            command.addAll(more);
            return launch(command, port, folder);
        }));
    }

    private static ServerProcess launch(List<String> command, int port, Path folder) throws IOException {
        Path log = folder.resolve("server.log");
        ProcessBuilder server =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        server.environment().putIfAbsent("GOGC", ROOM);
        return new ServerProcess(server.start(), port, log);
    }

    int port() {
        return server.port();
    }

    long pid() {
        return server.process().pid();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.close();
    }
}
