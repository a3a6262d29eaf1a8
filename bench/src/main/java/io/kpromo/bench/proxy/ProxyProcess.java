// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The proxy as its owner sees it. Not for use by several threads.
public final class ProxyProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private ProxyProcess(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
    }

    /// Starts a proxy with this Java and this class path; it has no doors yet and adds no delay. The quick compiler
    /// alone
    /// makes it as warm after one pass as it ever gets, so no program pays for what another one warmed.
    public static ProxyProcess start() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        String java = self.info().command().orElse("java");
        return new ProxyProcess(new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:MaxDirectMemorySize=1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingProxy.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// Puts a port in front of the registry at this loopback port.
    ///
    /// @return the port to use instead
    public int door(int registryPort) throws IOException {
        return Integer.parseInt(tell("door 127.0.0.1 " + registryPort).getFirst());
    }

    /// Takes the port away again, with its counts. Connections that are open end by themselves.
    public void close(int door) throws IOException {
        tell("close " + door);
    }

    /// From now on each request waits this long before it goes on to its registry.
    public void delay(long milliseconds) throws IOException {
        tell("delay " + milliseconds);
    }

    /// Sets all counts to nothing.
    public void reset() throws IOException {
        tell("reset");
    }

    /// What has passed this door since the last reset.
    public Passed passed(int door) throws IOException {
        return Passed.read(tell("counts " + door));
    }

    public long pid() {
        return process.pid();
    }

    private List<String> tell(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        List<String> lines = new ArrayList<>();
        String line;
        while ((line = answers.readLine()) != null) {
            if (line.equals("ok")) {
                return lines;
            }
            lines.add(line);
        }
        throw new EOFException("the proxy ended while asked: " + command);
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
