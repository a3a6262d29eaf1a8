// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.OneWire.SHORT;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.http.ScriptedServer.Script;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody waits for ever for the other side, and who is interrupted waits no longer.
@Timeout(60)
class EndlessWaitTest {
    @Test
    void anAnswerThatDoesNotComeEndsTheWait() throws Exception {
        try (var server = ScriptedServer.answering(ScriptedServer.Peer::untilGone);
                var wire = new OneWire(Timeouts.standard().withAnswer(SHORT))) {
            assertThatThrownBy(() -> wire.text(server, Method.GET, "/")).hasMessageContaining("no answer in time");
        }
    }

    @Test
    void aHeadThatComesByDropsEndsTheWaitToo() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Script drops = peer -> {
            peer.raw("HTTP/1.1 200 OK\r\n");
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                peer.raw("A");
            }
        };
        try (var server = ScriptedServer.answering(drops);
                var wire = new OneWire(Timeouts.standard().withAnswer(SHORT))) {
            assertThatThrownBy(() -> wire.text(server, Method.GET, "/")).hasMessageContaining("no answer in time");
            over.countDown();
        }
    }

    @Test
    void aBodyThatStallsEndsTheWait() throws Exception {
        Script stalls = peer -> {
            peer.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            peer.untilGone();
        };
        try (var server = ScriptedServer.answering(stalls);
                var wire = new OneWire(Timeouts.standard().withStall(SHORT))) {
            assertThatThrownBy(() -> wire.text(server, Method.GET, "/")).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aServerThatTakesNoMoreOfABodyEndsTheWait() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (var server = ScriptedServer.answeringHeads(peer -> over.await());
                var wire = new OneWire(Timeouts.standard().withStall(SHORT))) {
            assertThatThrownBy(() -> wire.text(server, Method.PUT, "/", Body.of(new byte[50_000_000])))
                    .hasMessageContaining("takes no more of the request");
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptEndsAReadAtOnce(boolean virtual) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        Script silent = peer -> {
            asked.countDown();
            peer.untilGone();
            gone.countDown();
        };
        try (var server = ScriptedServer.answering(silent);
                var wire = new OneWire(Timeouts.standard())) {
            CompletableFuture<String> outcome = new CompletableFuture<>();
            Runnable work = () -> {
                try {
                    outcome.complete(wire.text(server, Method.GET, "/"));
                } catch (Exception e) {
                    outcome.completeExceptionally(e);
                }
            };
            Thread thread = virtual
                    ? Thread.ofVirtual().start(work)
                    : Thread.ofPlatform().start(work);
            asked.await();
            thread.interrupt();
            assertThatThrownBy(outcome::get).isInstanceOf(ExecutionException.class);
            gone.await();
        }
    }
}
