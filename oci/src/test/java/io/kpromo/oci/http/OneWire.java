// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A wire with its parts.
final class OneWire implements AutoCloseable {
    /// For the one wait of a test that is to end; the others keep their time, however busy the machine is.
    static final Duration SHORT = Duration.ofMillis(300);

    private static final Tls TLS = new Tls(new TrustStores(Map.of()), new HostCertificates(List.of(), Map.of()));

    private final ConnectionPool pool;
    private final Wire wire;

    OneWire(Timeouts timeouts) {
        pool = new ConnectionPool(timeouts);
        Time time = Time.system();
        wire = new Wire(time, timeouts, pool, new Dialer(time, timeouts, TLS, new ProxyRules(Map.of())), "kpromo-test");
    }

    Request request(ScriptedServer server, Method method, String target, Optional<Body> body) {
        return new Request(server.host(), method, URI.create(target), Map.of(), body, Kind.PING, List.of(), "test");
    }

    Answer send(Request request) throws IOException, InterruptedException {
        Origin to = Origin.of(false, "127.0.0.1", request.registry().port(0));
        return wire.send(new Wire.Letter(request, to, request.target().toString(), Optional.empty(), false));
    }

    String text(ScriptedServer server, Method method, String target) throws Exception {
        try (Answer answer = send(request(server, method, target, Optional.empty()))) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String text(ScriptedServer server, Method method, String target, Body body) throws Exception {
        try (Answer answer = send(request(server, method, target, Optional.of(body)))) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    int status(ScriptedServer server, Method method, Body body) throws Exception {
        try (Answer answer = send(request(server, method, "/", Optional.of(body)))) {
            return answer.status();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
