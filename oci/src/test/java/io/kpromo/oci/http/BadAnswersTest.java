// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.rawThenClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.http.ScriptedServer.Script;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that are not what the protocol says are never taken for what they seem to be.
@Timeout(60)
class BadAnswersTest {
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
            assertThatThrownBy(() -> wire.text(server, Method.GET, "/"))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("the body broke off");
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
}
