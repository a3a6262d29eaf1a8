// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A registry in a process of its own, on loopback, with a folder of its own.
final class RegistryServer implements AutoCloseable {
    private static final long START_SECONDS = 60;

    private final Process process;
    private final int port;

    private RegistryServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Docker's distribution, of Debian (`docker-registry`) or version 3 (`registry`): the two read the same settings.
    static RegistryServer distribution(Path program, Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Path settings = Files.writeString(
                Files.createDirectories(folder).resolve("settings.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                  cache: {blobdescriptor: inmemory}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(folder.resolve("data"), port));
        Process process = start(List.of(program.toString(), "serve", settings.toString()), folder);
        return new RegistryServer(process, port).awaited();
    }

    /// The embedded registry, as `kpromo registry serve` starts it.
    static RegistryServer embedded(Path kpromo, Path folder, List<String> more)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                kpromo.toString(),
                "registry",
                "serve",
                "--dir",
                folder.resolve("data").toString(),
                "--listen",
                "127.0.0.1:" + port));
        command.addAll(more);
        return new RegistryServer(start(command, Files.createDirectories(folder)), port).awaited();
    }

    private static Process start(List<String> command, Path folder) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private RegistryServer awaited() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return this;
            } catch (IOException _) {
                Thread.sleep(20);
            }
        }
        close();
        throw new IOException("the registry does not listen: "
                + process.info().commandLine().orElse("it has ended; see server.log in its folder"));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
