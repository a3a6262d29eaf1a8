// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.fake;

import io.kpromo.oci.Host;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/// A server of HTTP whose connections break where a test wants it.
public final class LoopbackServer implements AutoCloseable {
    private record Planned(Predicate<Asked> hits, Fault fault) {}

    private final ServerSocket listener;
    private final Function<Asked, Reply> answers;
    private final List<Planned> faults = new ArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public LoopbackServer(Function<Asked, Reply> answers) {
        this.answers = answers;
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String authority() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    public Host host() {
        return new Host(authority());
    }

    /// The next request that this is true of goes wrong. Faults are used up in their order.
    public void plan(Predicate<Asked> hits, Fault fault) {
        synchronized (faults) {
            faults.add(new Planned(hits, fault));
        }
    }

    /// Nothing goes wrong any more.
    public void heal() {
        synchronized (faults) {
            faults.clear();
        }
    }

    /// All that came, in its order.
    public List<Asked> asked() {
        return asked;
    }

    private Optional<Fault> fault(Asked request) {
        synchronized (faults) {
            for (Planned planned : faults) {
                if (planned.hits().test(request)) {
                    faults.remove(planned);
                    return Optional.of(planned.fault());
                }
            }
            return Optional.empty();
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
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
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (!exchange(socket, in, line)) {
                    reset(socket);
                    return;
                }
            }
        } catch (IOException gone) {
            // The test sees what its own side makes of it.
        } finally {
            open.remove(socket);
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// @return whether the connection goes on
    private boolean exchange(Socket socket, InputStream in, String line) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        Asked head = asked(line, headers, new byte[0], length == 0);
        Optional<Fault> fault = fault(head);
        int take = fault.orElse(null) instanceof Fault.CutRequest(int after) ? Math.min(after, length) : length;
        byte[] body = fault.orElse(null) instanceof Fault.Stalled stalled
                ? stalled(in, stalled, length)
                : in.readNBytes(take);
        Asked request = asked(line, headers, body, take == length && body.length == length);
        asked.add(request);
        return switch (fault.orElse(null)) {
            case Fault.Stalled _ -> send(socket, request, answers.apply(request), Integer.MAX_VALUE);
            case null -> send(socket, request, answers.apply(request), Integer.MAX_VALUE);
            case Fault.Refused(Reply reply) -> send(socket, request, reply, Integer.MAX_VALUE);
            case Fault.LostRequest() -> false;
            case Fault.LostAnswer() -> {
                Reply unseen = answers.apply(request);
                yield unseen.status() == 0;
            }
            case Fault.CutRequest(int after) -> {
                Reply unseen = answers.apply(request);
                yield unseen.status() == 0;
            }
            case Fault.CutAnswer(int after) -> send(socket, request, answers.apply(request), after);
            case Fault.Lie(var how) -> send(socket, request, how.apply(answers.apply(request)), Integer.MAX_VALUE);
            case Fault.After(Runnable first) -> {
                first.run();
                yield send(socket, request, answers.apply(request), Integer.MAX_VALUE);
            }
        };
    }

    /// What comes in spite of that, in all.
    private static byte[] stalled(InputStream in, Fault.Stalled how, int length) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(in.readNBytes(Math.min(how.after(), length)));
        how.until().run();
        try {
            for (int left = length - body.size(); left > 0; left = length - body.size()) {
                byte[] more = in.readNBytes(Math.min(left, 64 * 1024));
                body.write(more);
                if (more.length == 0) {
                    break;
                }
            }
        } catch (IOException broken) {
            // Whoever sent it went away; what came, came.
        }
        return body.toByteArray();
    }

    private static Asked asked(String line, Map<String, String> headers, byte[] body, boolean whole) {
        String[] parts = line.split(" ", 3);
        int mark = parts[1].indexOf('?');
        String rawQuery = mark < 0 ? "" : parts[1].substring(mark + 1);
        Map<String, String> query = new HashMap<>();
        for (String pair : rawQuery.isEmpty() ? new String[0] : rawQuery.split("&", -1)) {
            String[] both = pair.split("=", 2);
            query.put(
                    URLDecoder.decode(both[0], StandardCharsets.UTF_8),
                    both.length < 2 ? "" : URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        String path = mark < 0 ? parts[1] : parts[1].substring(0, mark);
        return new Asked(parts[0], path, rawQuery, query, headers, body, whole);
    }

    private static boolean send(Socket socket, Asked request, Reply reply, int most) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Status\r\n");
        reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (!reply.headers().containsKey("Content-Length")) {
            head.append("Content-Length: " + reply.body().length + "\r\n");
        }
        socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        int length = request.method().equals("HEAD") ? 0 : Math.min(most, reply.body().length);
        socket.getOutputStream().write(reply.body(), 0, length);
        socket.getOutputStream().flush();
        return request.method().equals("HEAD") || length == reply.body().length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
