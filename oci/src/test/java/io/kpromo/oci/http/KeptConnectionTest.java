// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.OneWire.SHORT;
import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.http.ScriptedServer.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which connections are kept for the next request, and what comes of those that were.
@Timeout(60)
class KeptConnectionTest {
    @Test
    void oneConnectionServesManyRequests() throws Exception {
        try (var server = ScriptedServer.answering(reply(200, "hello"));
                var wire = new OneWire(Timeouts.standard())) {
            for (int i = 0; i < 20; i++) {
                assertThat(wire.text(server, Method.GET, "/v2/")).isEqualTo("hello");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aKeptConnectionThatTheServerHasClosedIsReplacedUnseen() throws Exception {
        Script once = peer -> {
            reply(200, "hello").serve(peer);
            peer.close();
        };
        try (var server = ScriptedServer.answering(once);
                var wire = new OneWire(Timeouts.standard())) {
            for (int i = 0; i < 20; i++) {
                assertThat(wire.text(server, Method.POST, "/", Body.of("content".getBytes(StandardCharsets.UTF_8))))
                        .isEqualTo("hello");
            }
            assertThat(server.connections()).isEqualTo(20);
            assertThat(server.requests()).hasSize(20);
        }
    }

    @Test
    void aFreshConnectionThatBreaksIsAFailure() throws Exception {
        try (var server = ScriptedServer.answering(ScriptedServer.Peer::reset);
                var wire = new OneWire(Timeouts.standard())) {
            assertThatThrownBy(() -> wire.text(server, Method.GET, "/")).isInstanceOf(IOException.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionWithALongRestIsNotKept() throws Exception {
        try (var server = ScriptedServer.answering(reply(404, "x".repeat(100_000)), reply(200, "fine"));
                var wire = new OneWire(Timeouts.standard())) {
            assertThat(wire.status(server, Method.GET, Body.of(new byte[0]))).isEqualTo(404);
            assertThat(wire.text(server, Method.GET, "/")).isEqualTo("fine");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatWaitsTooLongIsClosed() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        Script script = peer -> {
            reply(200, "hello").serve(peer);
            peer.untilGone();
            gone.countDown();
        };
        try (var server = ScriptedServer.answering(script);
                var wire = new OneWire(Timeouts.standard().withIdle(SHORT))) {
            wire.text(server, Method.GET, "/");
            gone.await();
        }
    }
}
