// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    private static final String TAKEN = "echo 'listen tcp 127.0.0.1: bind: address already in use'; exit 1";
    /// One of the JDK's own programs that listens on a port.
    private static final String SERVES =
            "exec '" + Path.of(System.getProperty("java.home"), "bin", "jwebserver") + "' -b 127.0.0.1 -p ";

    @TempDir
    private Path folder;

    private final List<Integer> ports = new ArrayList<>();
    private final List<Process> started = new ArrayList<>();

    @Test
    void aServerWhosePortWasTakenIsStartedAgainOnAnotherOne() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(port -> shell(ports.isEmpty() ? TAKEN : SERVES + port, port))) {
            assertThat(ports).hasSize(2).doesNotHaveDuplicates().endsWith(server.port());
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    @Test
    void aServerWhosePortsAreAlwaysTakenIsGivenUpAfterFiveTries() {
        assertThatThrownBy(() -> ServerProcess.start(port -> shell(TAKEN, port)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("address already in use");
        assertThat(ports).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aServerThatDiesOfSomethingElseIsNotStartedAgain() {
        assertThatThrownBy(() -> ServerProcess.start(port -> shell("echo 'no such setting'; exit 1", port)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such setting");
        assertThat(ports).hasSize(1);
    }

    @Test
    void somebodyElseWhoAnswersOnThePortIsNotTakenForTheServer() throws IOException, InterruptedException {
        List<ServerSocket> others = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(
                port -> {
                    if (!ports.isEmpty()) {
                        return shell(SERVES + port, port);
                    }
                    others.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
                    return shell("read line; " + TAKEN, port);
                },
                this::answersAndGoesOn)) {
            assertThat(ports).hasSize(2).endsWith(server.port());
        } finally {
            for (ServerSocket other : others) {
                other.close();
            }
        }
    }

    /// Lets a process that waits for its input see the end of it, once somebody was found on its port.
    private boolean answersAndGoesOn(int port) {
        boolean answers = ServerProcess.listens(port);
        try {
            started.getLast().getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers;
    }

    private ServerProcess shell(String script, int port) throws IOException {
        ports.add(port);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder("sh", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        started.add(process);
        return new ServerProcess(process, port, log);
    }
}
