// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy on this machine that lets nobody through, and remembers where they wanted to go.
final class ClosedProxy implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private ClosedProxy(ServerSocket server) {
        this.server = server;
    }

    static ClosedProxy open() throws IOException {
        ClosedProxy proxy = new ClosedProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(proxy::serve);
        return proxy;
    }

    String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// Hosts and ports, in order.
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        while (true) {
            try (Socket client = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                String line = in.readLine();
                if (line != null && line.startsWith("CONNECT ")) {
                    asked.add(line.split(" ", -1)[1]);
                }
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                client.getOutputStream()
                        .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
