// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("interop")
@Timeout(600)
class RealGiteaTest {
    @Test
    void oneWhosePortIsTakenIsStartedAgainWithWhatItHas(@TempDir Path folder) throws Exception {
        ServerProcess.Launch launch = RealGitea.prepared(folder);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess dying = launch.on(taken.getLocalPort())) {
            awaitThatItSaysSo(dying);
        }
        try (ServerProcess again = ServerProcess.start(launch)) {
            assertThat(again.process().isAlive()).isTrue();
        }
    }

    /// It goes on without its port until it is ended.
    private static void awaitThatItSaysSo(ServerProcess server) throws IOException, InterruptedException {
        boolean ended = false;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!Files.readString(server.log()).contains("address already in use")) {
            assertThat(ended || System.nanoTime() > end)
                    .as(Files.readString(server.log()))
                    .isFalse();
            ended = server.process().waitFor(20, TimeUnit.MILLISECONDS);
        }
    }
}
