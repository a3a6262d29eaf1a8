// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/// A port of the proxy that stands in front of one registry.
final class Door implements AutoCloseable {
    private final ServerSocketChannel server;
    private final InetSocketAddress registry;
    private final AtomicLong delayMillis;
    private final ConcurrentLinkedDeque<ByteBuffer> buffers;
    private final Counts counts = new Counts();

    Door(InetSocketAddress registry, AtomicLong delayMillis, ConcurrentLinkedDeque<ByteBuffer> buffers)
            throws IOException {
        this.registry = registry;
        this.delayMillis = delayMillis;
        this.buffers = buffers;
        this.server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        Thread.ofVirtual().name("door " + port()).start(this::admit);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    Counts counts() {
        return counts;
    }

    private void admit() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (AsynchronousCloseException _) {
            // Closed on purpose.
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy's port " + port() + " is gone", e);
        }
    }

    private void serve(SocketChannel accepted) {
        ByteBuffer mine = buffer();
        ByteBuffer theirs = buffer();
        try (Wire client = new Wire(accepted, mine);
                Wire upstream = new Wire(SocketChannel.open(registry), theirs)) {
            new Exchange(client, upstream, registry, counts, delayMillis).run();
        } catch (IOException _) {
            // One of the two has hung up: so does the other. Whoever was waiting for an answer sees it.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            buffers.push(mine);
            buffers.push(theirs);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private ByteBuffer buffer() {
        ByteBuffer used = buffers.poll();
        return used == null ? ByteBuffer.allocateDirect(Wire.BUFFER) : used;
    }
}
