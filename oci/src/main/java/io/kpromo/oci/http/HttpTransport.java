// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// The transport over sockets of our own.
public final class HttpTransport implements Transport {
    private final ConnectionPool pool;
    private final Wire wire;
    private final Counter counter = new Counter();

    private HttpTransport(TransportOptions options, Time time) {
        this.pool = new ConnectionPool(options.timeouts());
        this.wire = new Wire(
                time, options.timeouts(), pool, new Dialer(time, options.timeouts(), new Tls()), options.userAgent());
    }

    public static HttpTransport open(TransportOptions options) {
        return new HttpTransport(options, Time.system());
    }

    @Override
    public <T> T send(Call<T> call) throws InterruptedException {
        Request request = call.request();
        try (Answer answer = wire.send(letter(request))) {
            try {
                if (call.expects(answer.status())) {
                    return call.read(answer);
                }
                throw new RegistryException(request, answer.status(), "", "", 1);
            } finally {
                counter.add(request.registry().name(), request.kind(), false, answer.sent(), answer.received(), 0);
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException();
                interrupted.initCause(e);
                throw interrupted;
            }
            throw new RegistryException(request, 0, "", Redact.printable(String.valueOf(e.getMessage())), 1);
        }
    }

    private static Wire.Letter letter(Request request) throws IOException {
        URI target = request.target();
        Host host = request.registry();
        boolean tls = !host.isLoopback();
        Origin to = target.isAbsolute() ? Origin.of(target) : Origin.of(tls, host.address(), host.port(-1));
        String query = target.getRawQuery();
        return new Wire.Letter(
                request, to, query == null ? target.getRawPath() : target.getRawPath() + "?" + query, Optional.empty());
    }

    /// What was sent until now.
    public RequestCounts counts() {
        return counter.snapshot();
    }

    @Override
    public void close() {
        pool.close();
    }
}
