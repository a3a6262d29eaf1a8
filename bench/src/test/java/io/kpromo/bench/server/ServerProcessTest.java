// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    private static final String TAKEN = "echo 'listen tcp 127.0.0.1: bind: address already in use'; exit 1";
    private static final String SERVES = "exec tail -f /dev/null";

    @TempDir
    private Path folder;

    private final List<Integer> ports = new ArrayList<>();

    @Test
    void aServerWhosePortWasTakenIsStartedAgainOnAnotherOne() throws IOException, InterruptedException {
        try (ServerProcess server =
                ServerProcess.start(port -> shell(ports.isEmpty() ? TAKEN : SERVES, port), port -> ports.size() > 1)) {
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

    private ServerProcess shell(String script, int port) throws IOException {
        ports.add(port);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder("sh", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, port, log);
    }
}
