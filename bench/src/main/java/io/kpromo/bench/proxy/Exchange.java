// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The requests and answers of one client's connection, one after the other.
final class Exchange {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Wire client;
    private final Wire upstream;
    private final InetSocketAddress registry;
    private final Counts counts;
    private final AtomicLong delayMillis;

    Exchange(Wire client, Wire upstream, InetSocketAddress registry, Counts counts, AtomicLong delayMillis) {
        this.client = client;
        this.upstream = upstream;
        this.registry = registry;
        this.counts = counts;
        this.delayMillis = delayMillis;
    }

    /// Until one side closes.
    void run() throws IOException, InterruptedException {
        boolean more = true;
        while (more) {
            Optional<Head> request = client.head();
            more = request.isPresent() && exchange(request.get());
        }
    }

    /// @return whether the connection can be used for another request
    private boolean exchange(Head request) throws IOException, InterruptedException {
        RequestKind kind = RequestKind.of(request.method(), request.target());
        counts.begin(kind);
        try {
            return exchange(request, kind);
        } finally {
            counts.end();
        }
    }

    private boolean exchange(Head request, RequestKind kind) throws IOException, InterruptedException {
        long delay = delayMillis.get();
        if (delay > 0) {
            Thread.sleep(delay);
        }
        long sent = sendOn(request);
        Head response = upstream.head().orElseThrow(() -> new IOException("the registry closed without an answer"));
        while (response.status() == 100) {
            response = upstream.head().orElseThrow(() -> new IOException("the registry closed after 100"));
        }
        counts.answer(response.status());
        client.holdBack(relocated(response, request).bytes());
        Framing framing = response.responseFraming(request.method());
        long received = upstream.pass(framing, client);
        counts.bodies(kind, Math.max(0, sent), received);
        if (kind == RequestKind.GET_BLOB && response.status() / 100 == 2) {
            counts.blobRead(digestOf(request.target()), received);
        }
        return sent >= 0 && !(framing instanceof Framing.ToEnd) && !request.closes() && !response.closes();
    }

    /// @return the bytes of the body; -1 where the registry would not take it all: it may have answered early
    private long sendOn(Head request) throws IOException {
        if (request.field("Expect").isPresent()) {
            client.holdBack(ByteBuffer.wrap(CONTINUE));
            client.flush();
        }
        Framing framing = request.requestFraming();
        try {
            upstream.holdBack(request.without("Expect").bytes());
            return client.pass(framing, upstream);
        } catch (IOException e) {
            if (framing instanceof Framing.Sized sized && sized.length() == 0) {
                throw e;
            }
            return -1;
        }
    }

    /// An absolute `Location` that leads around the proxy leads through it again.
    private Head relocated(Head response, Head request) {
        String direct = "http://" + registry.getAddress().getHostAddress() + ":" + registry.getPort() + "/";
        Optional<String> location = response.field("Location").filter(to -> to.startsWith(direct));
        Optional<String> host = request.field("Host");
        return location.isPresent() && host.isPresent()
                ? response.with(
                        "Location",
                        "http://" + host.get() + "/" + location.get().substring(direct.length()))
                : response;
    }

    private static String digestOf(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
