// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A registry in a process of its own, to be killed.
final class ServedProcess implements AutoCloseable {
    private final Process process;
    private final URI url;

    private ServedProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static ServedProcess start(Path folder) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServedProcess.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the registry did not start");
        }
        return new ServedProcess(process, URI.create(line));
    }

    /// Serves until it is killed, or its parent is gone.
    static void main(String[] args) throws IOException {
        try (Registry registry = Registry.open(RegistryOptions.in(Path.of(args[0])))) {
            System.out.println(registry.url());
            while (System.in.read() >= 0) {
                // waits for the end of its input
            }
        }
    }

    URI url() {
        return url;
    }

    @Override
    public void close() {
        kill();
    }

    /// As `kill -9` does.
    void kill() {
        process.destroyForcibly();
        try {
            boolean _ = process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
