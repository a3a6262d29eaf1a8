// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kpromo.forge.fake.ForgeServer.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands before a server, and breaks the connection at one of the requests that change something: before the server
/// learns of it, or when it was done and the answer is on its way.
final class BreakingProxy implements AutoCloseable {
    /// The client sets these itself.
    private static final Set<String> OWN = caseless("Connection", "Content-Length", "Expect", "Host", "Upgrade");

    private static final Set<String> OF_THE_ANSWER =
            caseless("Connection", "Content-Length", "Transfer-Encoding", ":status");

    /// More than any of these servers takes for one answer.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final URI server;
    private final HttpServer proxy;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final AtomicInteger failIn = new AtomicInteger();
    private volatile Fault fault = Fault.BEFORE;

    BreakingProxy(URI server) throws IOException {
        this.server = server;
        this.proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        proxy.createContext("/", this::handle);
        proxy.start();
    }

    private static Set<String> caseless(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(List.of(names));
        return all;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
    }

    /// What changed something, by method and path, since the start or since it was forgotten.
    List<String> writes() {
        return List.copyOf(writes);
    }

    void forgetWrites() {
        writes.clear();
    }

    /// The n-th from now breaks, the next one being the first; 0 for none.
    void failAt(int nth, Fault how) {
        fault = how;
        failIn.set(nth);
    }

    /// Whether the write that was to break has come.
    boolean hasFailed() {
        return failIn.get() <= 0;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean write = !exchange.getRequestMethod().equals("GET");
            if (write) {
                writes.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getPath());
            }
            boolean fails = write && failIn.getAndDecrement() == 1;
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (fails && fault == Fault.BEFORE) {
                return;
            }
            HttpResponse<byte[]> answer = send(exchange, body);
            if (fails) {
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_ANSWER.contains(name)) {
                    values.forEach(value -> exchange.getResponseHeaders().add(name, value));
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server + exchange.getRequestURI().toString()))
                .timeout(LONGEST)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted at " + exchange.getRequestURI());
        }
    }

    @Override
    public void close() {
        proxy.stop(0);
        client.close();
    }
}
