// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/// Stands before a server and tells of the bytes that go to it, as they go: heads, bodies, and parts of bodies.
final class CountingRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final int server;
    private final LongConsumer passed;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// @param server its port on this machine
    /// @param passed is given the number of bytes that are about to be handed on; may wait
    CountingRelay(int server, LongConsumer passed) throws IOException {
        this.server = server;
        this.passed = passed;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String host() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(to);
                Thread.ofVirtual().start(() -> pump(client, to, passed));
                Thread.ofVirtual().start(() -> pump(to, client, bytes -> {}));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, LongConsumer told) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[16 << 10];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                told.accept(n);
                out.write(piece, 0, n);
            }
        } catch (IOException gone) {
            // Each side sees what the other one did.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
