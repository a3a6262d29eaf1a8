// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kpromo.forge.Slug;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/// A forge on this machine: takes requests one after the other, keeps them for the test to see, and breaks
/// connections where it was told to.
public abstract class ForgeServer implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// When a connection breaks.
    public enum Fault {
        /// The request is lost.
        BEFORE,
        /// It is done, but the answer is lost.
        AFTER
    }

    final World world;
    private final HttpServer server;
    private final List<Asked> sent = new CopyOnWriteArrayList<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile String token = "";
    private final AtomicInteger failIn = new AtomicInteger();
    private volatile Fault fault = Fault.BEFORE;

    protected ForgeServer(World world) throws IOException {
        this.world = world;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public World world() {
        return world;
    }

    /// Of its API.
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// All requests that came since the start, or since they were forgotten.
    public List<Asked> sent() {
        return List.copyOf(sent);
    }

    public void forgetSent() {
        sent.clear();
    }

    /// Only who shows this token may do anything.
    public void requireToken(String secret) {
        token = secret;
    }

    /// The n-th request from now breaks, the next one being the first.
    public void failAt(int nth, Fault how) {
        fault = how;
        failIn.set(nth);
    }

    /// Whether the request that was to break has come.
    boolean hasFailed() {
        return failIn.get() <= 0;
    }

    abstract Reply answer(Asked asked);

    private void handle(HttpExchange exchange) throws IOException {
        oneAtATime.lock();
        try (exchange) {
            Asked asked = asked(exchange);
            sent.add(asked);
            boolean fails = failIn.decrementAndGet() == 0;
            if (fails && fault == Fault.BEFORE) {
                return;
            }
            boolean known = token.isEmpty()
                    || ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Reply reply = known ? answer(asked) : Reply.refused(401, "Bad credentials");
            if (fails) {
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", reply.type());
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            boolean empty = reply.body().length == 0 || asked.method().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
            exchange.getResponseBody().write(empty ? new byte[0] : reply.body());
        } catch (RuntimeException e) {
            // The client sees a lost answer.
            throw new IOException("a mistake of the fake forge's own", e);
        } finally {
            oneAtATime.unlock();
        }
    }

    private static Asked asked(HttpExchange exchange) throws IOException {
        URI target = exchange.getRequestURI();
        List<String> path = Arrays.stream(target.getRawPath().substring(1).split("/", -1))
                .map(ForgeServer::decoded)
                .toList();
        Map<String, String> query = new HashMap<>();
        if (target.getRawQuery() != null) {
            for (String pair : target.getRawQuery().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(decoded(parts[0]), decoded(parts.length == 1 ? "" : parts[1]));
            }
        }
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        byte[] raw = exchange.getRequestBody().readAllBytes();
        return new Asked(exchange.getRequestMethod(), target.toString(), path, query, headers, raw, json(raw));
    }

    private static JsonNode json(byte[] raw) {
        try {
            return raw.length == 0 ? MissingNode.getInstance() : JSON.readTree(raw);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// One page of a list, with a link to the next.
    Reply page(Asked asked, List<? extends JsonNode> all, int usual) {
        return page(asked, all, usual, nodes -> nodes);
    }

    /// @param wrap puts the list into an object
    Reply page(Asked asked, List<? extends JsonNode> all, int usual, Function<ArrayNode, JsonNode> wrap) {
        int size = Math.min(100, asked.number("per_page", asked.number("limit", usual)));
        int page = asked.number("page", 1);
        int from = Math.min(all.size(), (page - 1) * size);
        int to = Math.min(all.size(), page * size);
        Reply reply = Reply.ok(wrap.apply(NODES.arrayNode().addAll(List.copyOf(all.subList(from, to)))));
        if (to == all.size()) {
            return reply;
        }
        String query = asked.target().replaceAll("[?&]page=[0-9]+", "");
        String next = address() + query + (query.contains("?") ? "&" : "?") + "page=" + (page + 1);
        return reply.with("Link", "<" + next + ">; rel=\"next\"");
    }

    static Slug slug(String owner, String name) {
        return new Slug(owner, name);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
