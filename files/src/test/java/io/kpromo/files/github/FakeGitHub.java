// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kpromo.oci.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// GitHub on this machine: releases of a repository page by page, limits as GitHub counts and tells them, and files
/// that lie on another host, which may not be shown a token.
public final class FakeGitHub implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer api;
    private final HttpServer objects;
    private final Supplier<Instant> clock;
    private final List<ObjectNode> releases = new CopyOnWriteArrayList<>();
    private final List<byte[]> contents = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<String> secretsAtObjects = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> secondary = new CopyOnWriteArrayList<>();
    private volatile String token = "";
    private volatile long limit = 5000;
    private volatile long used;
    private volatile Instant reset = Instant.EPOCH;
    private final AtomicInteger breaks = new AtomicInteger();
    private volatile boolean linksElsewhere;

    public FakeGitHub(Supplier<Instant> clock) throws IOException {
        this.clock = clock;
        this.api = started(this::answer);
        this.objects = started(this::object);
    }

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static HttpServer started(Answering handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.answer(exchange);
            }
        });
        server.start();
        return server;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + api.getAddress().getPort());
    }

    /// What each request asked for, in order: `list 1`, `tag v1.0.0`, `asset 3`, `page 3`, `object 3`.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public long asked(String kind) {
        return asked.stream().filter(what -> what.startsWith(kind)).count();
    }

    /// A request to the API as it came.
    ///
    /// @param target path and query
    public record Sent(String method, String target, Map<String, String> headers) {
        public Sent {
            headers = Map.copyOf(headers);
        }
    }

    /// All requests to the API, in order.
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    public void forgetAsked() {
        asked.clear();
    }

    /// Headers with secrets that came to the host of the files.
    public List<String> secretsAtObjects() {
        return List.copyOf(secretsAtObjects);
    }

    /// Only who shows this token sees anything.
    public void requireToken(String secret) {
        token = secret;
    }

    /// So many requests may be sent until then.
    public void limit(long requests, Instant until) {
        limit = requests;
        used = 0;
        reset = until;
    }

    /// The next request is refused by a secondary limit.
    public void refuseOnce(Optional<Integer> retryAfter, String message) {
        ObjectNode refusal = JsonNodeFactory.instance.objectNode().put("message", message);
        retryAfter.ifPresent(seconds -> refusal.put("after", seconds));
        secondary.add(refusal);
    }

    /// So many downloads break off half-way.
    public void breakDownloads(int times) {
        breaks.set(times);
    }

    /// Pages lead to another host.
    public void linkElsewhere() {
        linksElsewhere = true;
    }

    /// @param kind `release`, `prerelease` or `draft`
    public Made release(String tag, String kind) {
        ObjectNode release = JsonNodeFactory.instance.objectNode();
        release.put("id", releases.size() + 1)
                .put("tag_name", tag)
                .put("draft", kind.equals("draft"))
                .put("prerelease", kind.equals("prerelease"))
                .put("body", "notes")
                .putObject("author")
                .put("login", "someone");
        release.putArray("assets");
        releases.add(release);
        return new Made(release);
    }

    /// A release that gets files.
    public final class Made {
        private final ObjectNode release;

        private Made(ObjectNode release) {
            this.release = release;
        }

        /// With the digest that GitHub works out.
        public Made file(String name, String content) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            return file(name, bytes, Digest.sha256(bytes).toString(), bytes.length);
        }

        /// As it was uploaded before GitHub worked out digests.
        public Made oldFile(String name, String content) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            return file(name, bytes, "", bytes.length);
        }

        public Made file(String name, byte[] bytes, String digest, long size) {
            int id = contents.size();
            contents.add(bytes.clone());
            ObjectNode asset = release.withArray("assets")
                    .addObject()
                    .put("id", id)
                    .put("name", name)
                    .put("state", "uploaded")
                    .put("size", size)
                    .put("browser_download_url", address() + "/download/" + id);
            if (digest.isEmpty()) {
                asset.putNull("digest");
            } else {
                asset.put("digest", digest);
            }
            return this;
        }

        /// Somebody is still uploading it.
        public Made unfinishedFile(String name) {
            file(name, new byte[0], "", 0);
            ((ObjectNode) release.withArray("assets")
                            .get(release.withArray("assets").size() - 1))
                    .put("state", "starter");
            return this;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean rest = path.startsWith("/repos/o/r/releases");
        if (rest) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            sent.add(new Sent(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers));
        }
        String shown = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        if (rest && (isRefused(exchange) || isOverLimit(exchange))) {
            asked.add("refused");
            return;
        }
        if (!token.isEmpty() && !shown.equals("Bearer " + token)) {
            json(exchange, 404, JsonNodeFactory.instance.objectNode().put("message", "Not Found"));
        } else if (path.startsWith("/download/")) {
            redirect(exchange, "page", path.substring("/download/".length()));
        } else if (path.startsWith("/repos/o/r/releases/assets/")) {
            redirect(exchange, "asset", path.substring("/repos/o/r/releases/assets/".length()));
        } else if (path.startsWith("/repos/o/r/releases/tags/")) {
            tag(exchange, path.substring("/repos/o/r/releases/tags/".length()));
        } else if (path.equals("/repos/o/r/releases")) {
            list(exchange);
        } else {
            json(exchange, 404, JsonNodeFactory.instance.objectNode().put("message", "Not Found"));
        }
    }

    private boolean isRefused(HttpExchange exchange) throws IOException {
        if (secondary.isEmpty()) {
            return false;
        }
        ObjectNode refusal = secondary.removeFirst();
        if (refusal.has("after")) {
            exchange.getResponseHeaders()
                    .add("Retry-After", refusal.get("after").asString());
        }
        json(exchange, 403, refusal);
        return true;
    }

    private boolean isOverLimit(HttpExchange exchange) throws IOException {
        if (!clock.get().isBefore(reset)) {
            reset = clock.get().plusSeconds(3600);
            used = 0;
        }
        boolean over = used >= limit;
        used = Math.min(limit, used + 1);
        exchange.getResponseHeaders().add("X-RateLimit-Limit", Long.toString(limit));
        exchange.getResponseHeaders().add("X-RateLimit-Remaining", Long.toString(limit - used));
        exchange.getResponseHeaders().add("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
        if (over) {
            json(exchange, 403, JsonNodeFactory.instance.objectNode().put("message", "API rate limit exceeded"));
        }
        return over;
    }

    private void list(HttpExchange exchange) throws IOException {
        Map<String, String> query = new HashMap<>();
        for (String pair : exchange.getRequestURI().getQuery().split("&", -1)) {
            query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        int size = Integer.parseInt(query.getOrDefault("per_page", "30"));
        int page = Integer.parseInt(query.getOrDefault("page", "1"));
        asked.add("list " + page);
        ArrayNode some = JsonNodeFactory.instance.arrayNode();
        List<ObjectNode> all = new ArrayList<>(releases);
        all.subList(Math.min(all.size(), (page - 1) * size), Math.min(all.size(), page * size))
                .forEach(some::add);
        if (page * size < all.size()) {
            String next = "/repos/o/r/releases?per_page=" + size + "&page=" + (page + 1);
            String base = linksElsewhere ? "http://localhost:1" : address().toString();
            exchange.getResponseHeaders()
                    .add("Link", "<" + base + next + ">; rel=\"next\", <" + base + next + "0>; rel=\"last\"");
        }
        send(exchange, 200, JSON.writeValueAsBytes(some));
    }

    private void tag(HttpExchange exchange, String tag) throws IOException {
        asked.add("tag " + tag);
        Optional<ObjectNode> found = releases.stream()
                .filter(release -> release.path("tag_name").asString().equals(tag))
                .findFirst();
        json(
                exchange,
                found.isPresent() ? 200 : 404,
                found.orElse(JsonNodeFactory.instance.objectNode().put("message", "Not Found")));
    }

    private void redirect(HttpExchange exchange, String kind, String id) throws IOException {
        asked.add(kind + " " + id);
        exchange.getResponseHeaders()
                .add("Location", "http://localhost:" + objects.getAddress().getPort() + "/" + id + "?sig=secret");
        exchange.sendResponseHeaders(302, -1);
    }

    private void object(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().substring(1);
        asked.add("object " + id);
        for (String header : List.of("Authorization", "Cookie")) {
            secretsAtObjects.addAll(exchange.getRequestHeaders().getOrDefault(header, List.of()));
        }
        byte[] whole = contents.get(Integer.parseInt(id));
        String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .orElse("bytes=0-");
        int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        byte[] rest = Arrays.copyOfRange(whole, from, whole.length);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
        }
        if (breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
            exchange.getResponseBody().write(rest, 0, rest.length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("broken off, as it was told to");
        }
        send(exchange, from > 0 ? 206 : 200, rest);
    }

    private static void json(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        send(exchange, status, JSON.writeValueAsBytes(body));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        api.stop(0);
        objects.stop(0);
    }
}
