// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A registry in a process of its own.
record Server(Process process, String host, Path log) implements AutoCloseable {
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
            return this == KPROMO
                    ? embedded(folder, htpasswd)
                    : distribution(Foreign.program(program, folder), folder, htpasswd);
        }
    }

    private static Server distribution(Foreign program, Path folder, Optional<Path> htpasswd)
            throws IOException, InterruptedException {
        String host = "127.0.0.1:" + freePort();
        String auth = htpasswd.map(file -> "auth: {htpasswd: {realm: tests, path: \"" + file + "\"}}\n")
                .orElse("");
        Path settings =
                Files.writeString(folder.resolve("settings.yml"), """
                version: 0.1
                log: {level: warn, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: "%s"}
                  delete: {enabled: true}
                http: {addr: "%s"}
                %s""".formatted(folder.resolve("data"), host, auth));
        Path log = folder.resolve("server.log");
        Process process = new ProcessBuilder(program.program().toString(), "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Server(process, host, log).awaited();
    }

    private static Server embedded(Path folder, Optional<Path> htpasswd) throws IOException, InterruptedException {
        String host = "127.0.0.1:" + freePort();
        List<String> arguments = new ArrayList<>(
                List.of("registry", "serve", "--dir", folder.resolve("data").toString(), "--listen", host));
        htpasswd.ifPresent(file -> arguments.addAll(List.of("--htpasswd", file.toString())));
        Kpromo.Running running = Kpromo.at(folder).start(arguments.toArray(String[]::new));
        return new Server(running.process(), host, running.err()).awaited();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Server awaited() throws IOException, InterruptedException {
        int port = Integer.parseInt(host.substring(host.indexOf(':') + 1));
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                System.nanoTime() < end && process.isAlive(); ) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return this;
            } catch (IOException _) {
                process.waitFor(50, TimeUnit.MILLISECONDS); // not listening yet
            }
        }
        close();
        throw new AssertionError("the registry does not listen: " + Files.readString(log));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
