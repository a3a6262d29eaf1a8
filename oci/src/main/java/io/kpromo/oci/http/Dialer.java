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

    /// @param guarded refuses what turns out to be an address of this machine or one next to it
    /// @throws UnreachableException when nobody answers there
    Connection open(Origin to, boolean guarded) throws IOException {
        Deadline deadline = Deadline.in(time, timeouts.connect(), "connection to " + to);
        SocketChannel channel = connect(to, guarded, deadline);
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
    private static SocketChannel connect(Origin to, boolean guarded, Deadline deadline) throws IOException {
        IOException failure = new UnknownHostException(to.host());
        for (InetAddress address : addresses(to.host())) {
            if (guarded && Addresses.isInner(address)) {
                throw new ForbiddenException("a redirect to " + to.authority() + ", an inner address, is refused");
            }
            SocketChannel channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.socket().connect(new InetSocketAddress(address, to.port()), (int)
                        Math.max(1, deadline.left().toMillis()));
                return channel;
            } catch (IOException e) {
                channel.close();
                failure = e instanceof SocketTimeoutException ? new SocketTimeoutException("no answer in time") : e;
                if (Thread.currentThread().isInterrupted() || deadline.isOver()) {
                    break;
                }
            }
        }
        throw new UnreachableException("no connection to " + to + ": " + failure.getMessage(), failure);
    }

    private static InetAddress[] addresses(String host) throws IOException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new UnreachableException("no host of the name " + host + " is known", e);
        }
    }
}
