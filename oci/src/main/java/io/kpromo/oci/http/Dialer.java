// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Opens connections.
final class Dialer {
    private final Time time;
    private final Timeouts timeouts;
    private final Tls tls;
    private final ProxyRules proxies;
    private final Set<Origin> reached = ConcurrentHashMap.newKeySet();

    Dialer(Time time, Timeouts timeouts, Tls tls, ProxyRules proxies) {
        this.time = time;
        this.timeouts = timeouts;
        this.tls = tls;
        this.proxies = proxies;
    }

    /// @param guarded refuses what turns out to be an address of this machine or one next to it
    /// @throws UnreachableException when nobody answers there
    Connection open(Origin to, boolean guarded) throws IOException {
        Deadline deadline = Deadline.in(time, timeouts.connect(), "connection to " + to);
        Optional<Proxy> proxy = proxies.proxyFor(to);
        // Where a proxy looks the name up, only it knows the address.
        SocketChannel channel = connect(proxy.map(Proxy::origin).orElse(to), guarded && proxy.isEmpty(), deadline);
        boolean done = false;
        try {
            Socket socket = channel.socket();
            if (proxy.isPresent()) {
                socket = toProxy(socket, proxy.get(), to, deadline);
            }
            boolean tunnel = proxy.isPresent() && to.tls();
            Socket secured = to.tls() ? tls.over(socket, to, deadline) : socket;
            Connection connection = new Connection(to, channel, secured, tunnel ? Optional.empty() : proxy);
            done = true;
            return connection;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private Socket toProxy(Socket socket, Proxy proxy, Origin to, Deadline deadline) throws IOException {
        Socket secured = proxy.origin().tls() ? tls.over(socket, proxy.origin(), deadline) : socket;
        if (to.tls()) {
            secured.setSoTimeout(Math.clamp(deadline.left().toMillis(), 1, Integer.MAX_VALUE));
            Tunnel.through(secured, proxy, to);
        }
        return secured;
    }

    /// Tries each address of the host in turn.
    private SocketChannel connect(Origin to, boolean guarded, Deadline deadline) throws IOException {
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
                reached.add(to);
                return channel;
            } catch (IOException e) {
                channel.close();
                failure = e instanceof SocketTimeoutException ? new SocketTimeoutException("no answer in time") : e;
                if (Thread.currentThread().isInterrupted() || deadline.isOver()) {
                    break;
                }
            }
        }
        boolean absent = failure instanceof ConnectException && !reached.contains(to);
        throw new UnreachableException("no connection to " + to + ": " + failure.getMessage(), failure, absent);
    }

    /// Java does not tell a name that nobody has from name servers that don't answer at the moment.
    private static InetAddress[] addresses(String host) throws IOException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new UnreachableException("no host of the name " + host + " is known", e, false);
        }
    }
}
