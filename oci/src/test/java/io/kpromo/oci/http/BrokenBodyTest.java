// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Host;
import io.kpromo.oci.http.ScriptedServer.Peer;
import io.kpromo.oci.http.ScriptedServer.Script;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Bodies that break off, on their way here or there.
class BrokenBodyTest extends TransportFixture {
    @Test
    void aDownloadThatGetsOnMayFailMoreOftenThanOneThatDoesNot() throws Exception {
        byte[] content = "0123456789".getBytes(StandardCharsets.UTF_8);
        Script oneByte = peer -> {
            String range = peer.request().header("Range");
            int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            peer.raw("HTTP/1.1 206 Partial\r\nContent-Length: " + (content.length - from) + "\r\n\r\n" + from);
            peer.close();
        };
        try (var server = ScriptedServer.answering(oneByte);
                var transport = transport()) {
            assertThat(transport.send(new Resuming(server.host()))).isEqualTo("0123456789");
            assertThat(server.requests()).hasSize(10);
        }
    }

    @Test
    void aDownloadThatTricklesIsGivenUpThoughItGetsOn() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Script trickling = peer -> {
            peer.raw("HTTP/1.1 206 Partial\r\nContent-Length: 1000000\r\n\r\n");
            while (!over.await(5, TimeUnit.MILLISECONDS)) {
                peer.raw("x");
            }
        };
        var impatient =
                TransportOptions.standard().withTimeouts(Timeouts.standard().withStall(Duration.ofMillis(50)));
        try (var server = ScriptedServer.answering(trickling);
                var transport = transport(impatient)) {
            assertThat(refusal(transport, new Resuming(server.host())))
                    .hasMessageContaining("after 5 tries")
                    .hasMessageContaining("the body comes too slowly");
            assertThat(server.requests()).hasSize(5);
            over.countDown();
        }
    }

    /// A download that keeps what it has got.
    private static final class Resuming implements Call<String> {
        private final Host host;
        private final StringBuilder got = new StringBuilder();

        Resuming(Host host) {
            this.host = host;
        }

        @Override
        public Request request() {
            return Asking.get(host, "/v2/a/b/blobs/x").request().with("Range", "bytes=" + got.length() + "-");
        }

        @Override
        public String read(Response response) throws IOException {
            for (int c = response.body().read(); c >= 0; c = response.body().read()) {
                got.append((char) c);
            }
            return got.toString();
        }
    }

    @Test
    void aBodyThatCanBeSentOnlyOnceFailsWithWhatTheRegistrySaid() throws Exception {
        Body once = new Body() {
            private boolean opened;

            @Override
            public long length() {
                return 4;
            }

            @Override
            public InputStream open() throws IOException {
                if (opened) {
                    throw new IOException("it is gone");
                }
                opened = true;
                return new ByteArrayInputStream(new byte[4]);
            }
        };
        try (var server = ScriptedServer.answering(reply(503, "maintenance"));
                var transport = transport()) {
            Request put = Asking.of(server.host(), Method.PUT, "/v2/a/b/blobs/uploads/1", Kind.PUT_BLOB)
                    .request()
                    .with(once);
            assertThat(refusal(transport, new Asking(put)))
                    .hasMessageContaining("503 after 1 try")
                    .hasMessageEndingWith("maintenance");
        }
    }

    @Test
    void theBytesOfAnUploadAreNotSentAgainByThemselves() throws Exception {
        try (var server = ScriptedServer.answering(reply(500, ""), reply(201, ""));
                var transport = transport()) {
            assertThat(refusal(transport, Asking.put(server.host(), "/v2/a/b/blobs/uploads/1", "content")))
                    .hasMessageContaining("500 after 1 try");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void whatIsSentIsSentAgainWhole() throws Exception {
        try (var server = ScriptedServer.answering(reply(500, ""), Peer::reset, reply(201, ""));
                var transport = transport()) {
            Request put = Asking.of(server.host(), Method.PUT, "/v2/a/b/manifests/v1", Kind.PUT_MANIFEST)
                    .request()
                    .with(Body.of("content".getBytes(StandardCharsets.UTF_8)));
            transport.send(new Asking(put));
            assertThat(server.requests())
                    .extracting(ScriptedServer.Seen::body)
                    .containsExactly("content", "content", "content");
        }
    }
}
