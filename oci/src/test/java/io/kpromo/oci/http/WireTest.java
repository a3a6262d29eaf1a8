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
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes over one connection, byte by byte.
@Timeout(60)
class WireTest {
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
}
