// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A registry in a process of its own.
record Server(ServerProcess process) implements AutoCloseable {
    /// Whose registry it is.
    enum Kind {
        DEBIAN("docker-registry"),
        DISTRIBUTION_3("registry"),
        KPROMO("");

        private final String program;

        Kind(String program) {
            this.program = program;
        }

        /// @param htpasswd who is in it may do everything; without it everyone may
        Server start(Path folder, Optional<Path> htpasswd) throws IOException, InterruptedException {
            Files.createDirectories(folder);
            if (this == KPROMO) {
                return new Server(ServerProcess.start(port -> embedded(port, folder, htpasswd)));
            }
            Foreign foreign = Foreign.program(program, folder);
            return new Server(ServerProcess.start(port -> distribution(foreign, port, folder, htpasswd)));
        }
    }

    private static ServerProcess distribution(Foreign program, int port, Path folder, Optional<Path> htpasswd)
            throws IOException {
        String auth = htpasswd.map(file -> "auth: {htpasswd: {realm: tests, path: \"" + file + "\"}}\n")
                .orElse("");
        Path settings =
                Files.writeString(folder.resolve("settings.yml"), """
                version: 0.1
                log: {level: warn, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: "%s"}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:%d"}
                %s""".formatted(folder.resolve("data"), port, auth));
        Path log = folder.resolve("server.log");
        Process process = new ProcessBuilder(program.program().toString(), "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, port, log);
    }

    private static ServerProcess embedded(int port, Path folder, Optional<Path> htpasswd) throws IOException {
        String host = "127.0.0.1:" + port;
        List<String> arguments = new ArrayList<>(
                List.of("registry", "serve", "--dir", folder.resolve("data").toString(), "--listen", host));
        htpasswd.ifPresent(file -> arguments.addAll(List.of("--htpasswd", file.toString())));
        Kpromo.Running running = Kpromo.at(folder).start(arguments.toArray(String[]::new));
        return new ServerProcess(running.process(), port, running.err());
    }

    String host() {
        return "127.0.0.1:" + process.port();
    }

    @Override
    public void close() {
        process.close();
    }
}
