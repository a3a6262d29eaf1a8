// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyProcessTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private HttpServer server;
    private ProxyProcess proxy;
    private int door;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        proxy = ProxyProcess.start();
        door = proxy.door(server.getAddress().getPort());
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        proxy.close();
        server.stop(0);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + door + path);
    }

    @Test
    void requestsAreCountedByKindAndBlobsByTheirReads() throws IOException, InterruptedException {
        server.createContext(
                "/", exchange -> answer(exchange, 200, "twelve bytes".getBytes(StandardCharsets.US_ASCII)));
        for (String path : new String[] {
            "/v2/",
            "/v2/a/b/manifests/1.0",
            "/v2/a/b/manifests/" + DIGEST,
            "/v2/a/blobs/" + DIGEST,
            "/v2/a/blobs/" + DIGEST
        }) {
            client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.discarding());
        }

        Passed passed = proxy.passed(door);

        assertThat(passed.requests())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        RequestKind.PING, 1L,
                        RequestKind.GET_TAG, 1L,
                        RequestKind.GET_MANIFEST, 1L,
                        RequestKind.GET_BLOB, 2L));
        assertThat(passed.blobReads()).containsExactly(Map.entry(DIGEST, 2L));
        assertThat(passed.contentBytes()).isEqualTo(4 * 12);
        proxy.reset();
        assertThat(proxy.passed(door).total()).isZero();
    }

    @Test
    void bodiesPassUnchangedWithAndWithoutAKnownLength() throws IOException, InterruptedException {
        byte[] body = new byte[3_000_001];
        new Random(1).nextBytes(body);
        server.createContext(
                "/sized",
                exchange -> answer(exchange, 200, exchange.getRequestBody().readAllBytes()));
        server.createContext("/chunked", exchange -> {
            byte[] received = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(received);
            }
        });

        HttpResponse<byte[]> sized = client.send(
                HttpRequest.newBuilder(at("/sized"))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        HttpResponse<byte[]> chunked = client.send(
                HttpRequest.newBuilder(at("/chunked"))
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(sized.body()).isEqualTo(body);
        assertThat(chunked.body()).isEqualTo(body);
        assertThat(proxy.passed(door).received()).containsEntry(RequestKind.OTHER, 2L * body.length);
    }

    @Test
    void anAbsoluteLocationAroundTheProxyLeadsThroughIt() throws IOException, InterruptedException {
        server.createContext("/v2/a/blobs/uploads/", exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/v2/a/blobs/uploads/7");
            answer(exchange, 202, new byte[0]);
        });

        HttpResponse<Void> opened = client.send(
                HttpRequest.newBuilder(at("/v2/a/blobs/uploads/"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());

        assertThat(opened.headers().firstValue("Location"))
                .contains("http://127.0.0.1:" + door + "/v2/a/blobs/uploads/7");
        assertThat(proxy.passed(door).of(RequestKind.POST_UPLOAD)).isEqualTo(1);
    }

    @Test
    void whoTriesTlsFirstIsHungUpOnAtOnceAndNotCounted() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 100});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(proxy.passed(door).total()).isZero();
    }

    @Test
    void anEarlyRefusalOfALargeBodyReachesTheClient() throws IOException, InterruptedException {
        server.createContext("/", exchange -> answer(exchange, 401, new byte[0]));

        HttpResponse<Void> refused = client.send(
                HttpRequest.newBuilder(at("/v2/a/blobs/uploads/1?digest=" + DIGEST))
                        .PUT(BodyPublishers.ofByteArray(new byte[10_000]))
                        .build(),
                BodyHandlers.discarding());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(proxy.passed(door).failures()).containsExactly(Map.entry(401, 1L));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
