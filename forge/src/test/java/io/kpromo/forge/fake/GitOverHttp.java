// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// Bare repositories of a folder over smart HTTP, served by git itself (`git http-backend`) to who shows a token.
public final class GitOverHttp implements AutoCloseable {
    /// What somebody asked for.
    ///
    /// @param authorization as it was sent; empty for none
    public record Seen(String method, String target, String authorization) {}

    private final Path root;
    private final String token;
    private final HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile Optional<URI> elsewhere = Optional.empty();

    /// @param root of the repositories
    /// @param token that everybody needs, for reading too
    public GitOverHttp(Path root, String token) throws IOException {
        this.root = root;
        this.token = token;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /// Who has shown the token is sent there.
    public void moveTo(URI other) {
        elsewhere = Optional.of(other);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String shown = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            String target = exchange.getRequestURI().toString();
            seen.add(new Seen(exchange.getRequestMethod(), target, shown));
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!shown.startsWith("Basic ") || !tokenOf(shown).equals(token)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (elsewhere.isPresent()) {
                exchange.getResponseHeaders().add("Location", elsewhere.get() + target);
                exchange.sendResponseHeaders(302, -1);
            } else {
                answer(exchange, body);
            }
        }
    }

    private static String tokenOf(String shown) {
        String pair =
                new String(Base64.getDecoder().decode(shown.substring("Basic ".length())), StandardCharsets.UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        ProcessBuilder backend =
                new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = backend.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        // Who is signed in may push.
        environment.put("REMOTE_USER", World.USER);
        // Folders of tests may belong to somebody else.
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "safe.directory");
        environment.put("GIT_CONFIG_VALUE_0", "*");
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        header(exchange, "Content-Type", environment, "CONTENT_TYPE");
        header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
        header(exchange, "Git-Protocol", environment, "GIT_PROTOCOL");
        Process process = backend.start();
        Thread.ofVirtual().start(() -> send(process, body));
        respond(exchange, process.getInputStream().readAllBytes());
    }

    private static void header(HttpExchange exchange, String name, Map<String, String> environment, String variable) {
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                .ifPresent(value -> environment.put(variable, value));
    }

    /// Git may stop reading early.
    private static void send(Process process, byte[] body) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(body);
        } catch (IOException e) {
            process.destroy();
        }
    }

    /// A script's answer: headers, an empty line, the body.
    private static void respond(HttpExchange exchange, byte[] answer) throws IOException {
        InputStream in = new ByteArrayInputStream(answer);
        int status = 200;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(parts[0], parts[1]);
            }
        }
        byte[] body = in.readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
