// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// Opens connections.
final class Dialer {
    private final Time time;
    private final Timeouts timeouts;
    private final Tls tls;

    Dialer(Time time, Timeouts timeouts, Tls tls) {
        this.time = time;
        this.timeouts = timeouts;
        this.tls = tls;
    }

    Connection open(Origin to) throws IOException {
        Deadline deadline = Deadline.in(time, timeouts.connect(), "connection to " + to);
        SocketChannel channel = connect(to, deadline);
        boolean done = false;
        try {
            Socket socket = to.tls() ? tls.over(channel.socket(), to, deadline) : channel.socket();
            Connection connection = new Connection(to, channel, socket, Optional.empty());
            done = true;
            return connection;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    /// Tries each address of the host in turn.
    private static SocketChannel connect(Origin to, Deadline deadline) throws IOException {
        IOException failure = new UnknownHostException(to.host());
        for (InetAddress address : addresses(to.host())) {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.socket().connect(new InetSocketAddress(address, to.port()), (int)
                        Math.max(1, deadline.left().toMillis()));
                return channel;
            } catch (IOException e) {
                channel.close();
                failure = e instanceof SocketTimeoutException
                        ? new SocketTimeoutException("no connection to " + to + " in time")
                        : e;
                if (Thread.currentThread().isInterrupted() || deadline.isOver()) {
                    break;
                }
            }
        }
        throw failure;
    }

    private static InetAddress[] addresses(String host) throws IOException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            UnknownHostException named = new UnknownHostException("no host of the name " + host + " is known");
            named.initCause(e);
            throw named;
        }
    }
}
