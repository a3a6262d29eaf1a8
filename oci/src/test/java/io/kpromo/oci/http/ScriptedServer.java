// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A server that answers its n-th request as its n-th script says; the last script stays. Faults are scripts too.
public final class ScriptedServer implements AutoCloseable {
    /// What is done about a request. A script that returns without closing waits for the next request.
    public interface Script {
        void serve(Peer peer) throws IOException, InterruptedException;
    }

    /// The connection as the server sees it, with the request that has come.
    public static final class Peer {
        private final Socket socket;
        private final InputStream in;
        private final Seen request;

        Peer(Socket socket, InputStream in, Seen request) {
            this.socket = socket;
            this.in = in;
            this.request = request;
        }

        public Seen request() {
            return request;
        }

        /// Sends these characters as they are.
        public void raw(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        public void close() throws IOException {
            socket.close();
        }

        /// Ends the connection so that the other side sees a reset.
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /// Waits until the other side has gone.
        public void untilGone() {
            try {
                while (in.read() >= 0) {
                    // Whatever still comes is of no interest.
                }
            } catch (IOException gone) {
                // As good an end as any.
            }
        }

        /// Sends all that comes from there.
        public void pipe(InputStream from) throws IOException {
            from.transferTo(socket.getOutputStream());
        }

        public InputStream in() {
            return in;
        }
    }

    /// A request that has come.
    ///
    /// @param line method, target and version
    /// @param headers `name: value`, the names in lower case
    /// @param body as announced, a character for each byte
    public record Seen(String line, List<String> headers, String body) {
        public String header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ": ";
            return headers.stream()
                    .filter(h -> h.startsWith(start))
                    .map(h -> h.substring(start.length()))
                    .findFirst()
                    .orElse("");
        }
    }

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final boolean readsBodies;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Seen> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ScriptedServer(ServerSocket listener, boolean readsBodies, List<Script> scripts) {
        this.listener = listener;
        this.readsBodies = readsBodies;
        this.scripts = List.copyOf(scripts);
        Thread.ofVirtual().start(this::accept);
    }

    public static ScriptedServer answering(Script... scripts) {
        return on(plain(), true, scripts);
    }

    /// As [#answering], but scripts get the request before its body is read.
    public static ScriptedServer answeringHeads(Script... scripts) {
        return on(plain(), false, scripts);
    }

    /// On a listener of the test's own, for TLS.
    public static ScriptedServer on(ServerSocket listener, boolean readsBodies, Script... scripts) {
        return new ScriptedServer(listener, readsBodies, List.of(scripts));
    }

    private static ServerSocket plain() {
        try {
            return new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// An answer with a body of known length, after which the connection stays.
    public static Script reply(int status, String body, String... headers) {
        return peer -> {
            StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
            for (String header : headers) {
                text.append(header).append("\r\n");
            }
            boolean empty = peer.request().line().startsWith("HEAD ");
            text.append("Content-Length: ").append(body.length()).append("\r\n\r\n");
            peer.raw(empty ? text.toString() : text + body);
        };
    }

    /// Sends these characters as they are, and closes.
    public static Script rawThenClose(String text) {
        return peer -> {
            peer.raw(text);
            peer.close();
        };
    }

    public Host host() {
        return new Host("127.0.0.1:" + port());
    }

    public int port() {
        return listener.getLocalPort();
    }

    public List<Seen> requests() {
        return requests;
    }

    /// Method and target of each request.
    public List<String> lines() {
        return requests.stream()
                .map(seen -> seen.line().substring(0, seen.line().lastIndexOf(' ')))
                .toList();
    }

    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                Seen seen = request(in);
                if (seen == null) {
                    return;
                }
                requests.add(seen);
                Script script = scripts.get(Math.min(next.getAndIncrement(), scripts.size() - 1));
                script.serve(new Peer(socket, in, seen));
            }
        } catch (IOException | InterruptedException gone) {
            // The test sees what its own side makes of it.
        } finally {
            open.remove(socket);
        }
    }

    private @Nullable Seen request(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        List<String> headers = new ArrayList<>();
        int length = 0;
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.add(name + header.substring(colon));
            if (name.equals("content-length")) {
                length = Integer.parseInt(header.substring(colon + 1).strip());
            }
        }
        return new Seen(
                line, headers, readsBodies ? new String(in.readNBytes(length), StandardCharsets.ISO_8859_1) : "");
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
