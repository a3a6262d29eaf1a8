// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.rawThenClose;
import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.http.ScriptedServer.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes over one connection, byte by byte.
@Timeout(60)
class WireTest {
    private static final Timeouts QUICK = Timeouts.standard()
            .withAnswer(Duration.ofMillis(300))
            .withStall(Duration.ofMillis(300))
            .withIdle(Duration.ofMillis(300));

    @Test
    void aRequestAndItsAnswer() throws Exception {
        try (var server = ScriptedServer.answering(reply(200, "hello", "X-Some: thing"));
                var wire = new OneWire(Timeouts.standard())) {
            assertThat(wire.text(server, Method.GET, "/v2/a/tags/list?n=5")).isEqualTo("hello");
            assertThat(server.requests().getFirst().line()).isEqualTo("GET /v2/a/tags/list?n=5 HTTP/1.1");
            assertThat(server.requests().getFirst().headers())
                    .containsExactly("host: " + server.host(), "user-agent: kpromo-test");
        }
    }

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
    void aHeadHasNoBodyWhateverItsLengthSays() throws Exception {
        try (var server = ScriptedServer.answering(reply(200, "not sent"));
                var wire = new OneWire(Timeouts.standard())) {
            assertThat(wire.text(server, Method.HEAD, "/v2/")).isEmpty();
            assertThat(wire.text(server, Method.HEAD, "/v2/")).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void chunksAreJoinedAndTrailersReadOver() throws Exception {
        Script chunks = peer -> {
            peer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;ext=1\r\nWiki\r\n6\r\npedia \r\n");
            peer.raw("E\r\nin \r\n\r\nchunks.\r\n0\r\nX-Sum: 1\r\n\r\n");
        };
        try (var server = ScriptedServer.answering(chunks);
                var wire = new OneWire(Timeouts.standard())) {
            assertThat(wire.text(server, Method.GET, "/")).isEqualTo("Wikipedia in \r\n\r\nchunks.");
            assertThat(wire.text(server, Method.GET, "/")).isEqualTo("Wikipedia in \r\n\r\nchunks.");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aBodyMayEndWithItsConnection() throws Exception {
        try (var server = ScriptedServer.answering(rawThenClose("HTTP/1.0 200 OK\r\n\r\nall of it"));
                var wire = new OneWire(Timeouts.standard())) {
            assertThat(wire.text(server, Method.GET, "/")).isEqualTo("all of it");
        }
    }

    @Test
    void interimAnswersAreReadOver() throws Exception {
        Script script = peer -> {
            peer.raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
            reply(201, "done").serve(peer);
        };
        try (var server = ScriptedServer.answering(script);
                var wire = new OneWire(Timeouts.standard())) {
            assertThat(wire.text(server, Method.PUT, "/")).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\n"
            })
    void aBodyThatBreaksOffIsNeverTakenForAWholeOne(String raw) throws Exception {
        try (var server = ScriptedServer.answering(rawThenClose(raw));
                var wire = new OneWire(Timeouts.standard())) {
            assertThatThrownBy(() -> wire.text(server, Method.GET, "/"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the body broke off after 5 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nSpaced : name\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200",
                "\u0015\u0003\u0003\r\n\r\n"
            })
    void whatIsNotHttpIsRefused(String raw) throws Exception {
        try (var server = ScriptedServer.answering(rawThenClose(raw));
                var wire = new OneWire(Timeouts.standard())) {
            assertThatThrownBy(() -> wire.text(server, Method.GET, "/")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHeadWithoutEndIsRefused() throws Exception {
        Script endless = peer -> {
            peer.raw("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100_000; i++) {
                peer.raw("X-Header-" + i + ": and so on and so on and so on\r\n");
            }
        };
        try (var server = ScriptedServer.answering(endless);
                var wire = new OneWire(Timeouts.standard())) {
            assertThatThrownBy(() -> wire.text(server, Method.GET, "/"))
                    .hasMessageContaining("more than " + Head.LARGEST + " bytes");
        }
    }

    @Test
    void anAnswerThatDoesNotComeEndsTheWait() throws Exception {
        try (var server = ScriptedServer.answering(ScriptedServer.Peer::untilGone);
                var wire = new OneWire(QUICK)) {
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
                var wire = new OneWire(QUICK)) {
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
                var wire = new OneWire(QUICK)) {
            assertThatThrownBy(() -> wire.text(server, Method.GET, "/")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aServerThatTakesNoMoreOfABodyEndsTheWait() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (var server = ScriptedServer.answeringHeads(peer -> over.await());
                var wire = new OneWire(QUICK)) {
            assertThatThrownBy(() -> wire.text(server, Method.PUT, "/", Body.of(new byte[50_000_000])))
                    .hasMessageContaining("takes no more of the request");
            over.countDown();
        }
    }

    @Test
    void aLargeBodyArrivesByteForByte() throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(7).nextBytes(bytes);
        try (var server = ScriptedServer.answering(reply(201, ""));
                var wire = new OneWire(Timeouts.standard())) {
            wire.text(server, Method.PUT, "/v2/a/blobs/uploads/1", Body.of(bytes));
            assertThat(server.requests().getFirst().body().getBytes(StandardCharsets.ISO_8859_1))
                    .isEqualTo(bytes);
            assertThat(server.requests().getFirst().header("Content-Length")).isEqualTo("3000001");
        }
    }

    @Test
    void anAnswerThatComesBeforeTheBodyIsSentIsSeen() throws Exception {
        Script early = peer -> {
            peer.raw("HTTP/1.1 413 Too Large\r\nContent-Length: 7\r\n\r\ntoo big");
            peer.close();
        };
        try (var server = ScriptedServer.answeringHeads(early);
                var wire = new OneWire(Timeouts.standard())) {
            assertThat(wire.status(server, Method.PUT, Body.of(new byte[50_000_000])))
                    .isEqualTo(413);
        }
    }

    @Test
    void anEarlyAnswerStopsTheSendingEvenWhereTheServerReadsOn() throws Exception {
        Script early = peer -> {
            peer.raw("HTTP/1.1 429 Slow Down\r\nContent-Length: 0\r\n\r\n");
            peer.untilGone();
        };
        try (var server = ScriptedServer.answeringHeads(early);
                var wire = new OneWire(Timeouts.standard())) {
            assertThat(wire.status(server, Method.PUT, Body.of(new byte[500_000_000])))
                    .isEqualTo(429);
        }
    }

    @Test
    void aBodyShorterThanItSaysFailsHereRatherThanThere() throws Exception {
        Body lying = new Body() {
            @Override
            public long length() {
                return 10;
            }

            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }
        };
        try (var server = ScriptedServer.answering(reply(201, ""));
                var wire = new OneWire(Timeouts.standard())) {
            assertThatThrownBy(() -> wire.text(server, Method.PUT, "/", lying)).isInstanceOf(BodyException.class);
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
                var wire = new OneWire(QUICK)) {
            wire.text(server, Method.GET, "/");
            gone.await();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000b", "a\u0085b"})
    void nothingInAHeaderCanEndItsLine(String value) throws Exception {
        try (var server = ScriptedServer.answering(reply(200, ""));
                var wire = new OneWire(Timeouts.standard())) {
            assertThatThrownBy(() -> wire.send(wire.request(server, Method.GET, "/", Optional.empty())
                            .with("X-Header", value)))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("evil");
            assertThatThrownBy(() -> wire.send(wire.request(server, Method.GET, "/", Optional.empty())
                            .with(value, "x")))
                    .isInstanceOf(IOException.class);
            assertThat(server.requests()).isEmpty();
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
