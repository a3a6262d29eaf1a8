// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, on a port of this machine that it was told. Where it dies because somebody else
/// was quicker to take that port, it is started again on another one.
///
/// @param log where it writes what goes wrong
public record ServerProcess(Process process, int port, Path log) implements AutoCloseable {
    private static final int TRIES = 5;
    private static final long START_SECONDS = 60;
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    /// Begins such a process; further ports that it needs come from [Ports], anew at each try.
    @FunctionalInterface
    public interface Launch {
        ServerProcess on(int port) throws IOException;
    }

    /// Tells whether the server does its work already.
    @FunctionalInterface
    public interface Probe {
        boolean answers(int port) throws InterruptedException;
    }

    /// Waits until it listens, for up to a minute.
    ///
    /// @throws IOException when it does not, with what it said
    public static ServerProcess start(Launch launch) throws IOException, InterruptedException {
        return start(launch, ServerProcess::listens);
    }

    /// Waits until it answers, for up to a minute.
    ///
    /// @throws IOException when it does not, with what it said
    public static ServerProcess start(Launch launch, Probe probe) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            ServerProcess server = launch.on(Ports.next());
            boolean isUp = false;
            try {
                isUp = server.comesUp(probe);
            } finally {
                if (!isUp) {
                    server.close();
                }
            }
            if (isUp) {
                return server;
            }
            String said = Files.readString(server.log);
            if (tried == TRIES || !said.toLowerCase(Locale.ROOT).contains("address already in use")) {
                throw new IOException("does not answer: "
                        + server.process.info().commandLine().orElse(server.log.toString()) + ": " + said);
            }
        }
    }

    private boolean comesUp(Probe probe) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            // What answers may be somebody else, and ours about to die of that.
            if (probe.answers(port) && Listeners.has(process, port) && process.isAlive()) {
                return true;
            }
            process.waitFor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /// Asks it to end, and makes it end after five seconds.
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
