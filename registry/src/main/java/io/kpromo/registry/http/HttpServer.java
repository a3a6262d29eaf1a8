// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Listens until it is closed. One virtual thread a connection; one more ends connections that wait too long.
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration WATCH = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final ServerSocketChannel listener;
    private final Handler handler;
    private final Traffic traffic;
    private final DateHeader date = new DateHeader(Clock.systemUTC());
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpServer(ServerSocketChannel listener, Handler handler, Traffic traffic) {
        this.listener = listener;
        this.handler = handler;
        this.traffic = traffic;
    }

    /// @param address port 0 takes a free one
    /// @throws IOException when the address can't be had
    public static HttpServer start(InetSocketAddress address, Handler handler, Traffic traffic) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(address, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
        HttpServer server = new HttpServer(listener, handler, traffic);
        server.threads.execute(server::accept);
        server.threads.execute(server::watch);
        return server;
    }

    /// Where it listens, with the port it took.
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.socket().getLocalSocketAddress();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel channel = listener.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                serve(channel);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // That connection broke before it began (or this process is out of files): take the next one.
                Thread.onSpinWait();
            }
        }
    }

    private void serve(SocketChannel channel) {
        traffic.connected();
        Connection connection = new Connection(new Wire(channel, PATIENCE), handler, traffic, date);
        connections.add(connection);
        threads.execute(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
    }

    private void watch() {
        try {
            while (listener.isOpen()) {
                TimeUnit.MILLISECONDS.sleep(WATCH.toMillis());
                long now = System.nanoTime();
                for (Connection connection : connections) {
                    connection.closeIfOverdue(now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Closing can't fail in a way that matters.
        }
    }

    /// Ends all connections at once and waits for what was under way, 10 seconds at most.
    @Override
    public void close() {
        try {
            listener.close();
            for (Connection connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            // It is gone either way.
        }
        threads.shutdownNow();
        try {
            boolean _ = threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
