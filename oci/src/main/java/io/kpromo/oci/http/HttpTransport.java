// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.OciException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The transport over sockets of our own; see [TransportOptions] for what can be set.
///
/// ```java
/// try (var transport = HttpTransport.open(TransportOptions.standard(), signIn, TransportListener.none())) { … }
/// ```
public final class HttpTransport implements Transport {
    private final ConnectionPool pool;
    private final Parts parts;
    private final SignIn signIn;
    private final SignIn.Plain plain;

    private HttpTransport(Parts parts, ConnectionPool pool, SignIn signIn) {
        this.parts = parts;
        this.pool = pool;
        this.signIn = signIn;
        this.plain = this::sendPlain;
    }

    /// Signs in nowhere, and nobody listens.
    public static HttpTransport open(TransportOptions options) {
        return open(options, SignIn.nowhere(), TransportListener.none());
    }

    public static HttpTransport open(TransportOptions options, SignIn signIn, TransportListener listener) {
        return open(
                options,
                signIn,
                listener,
                Time.system(),
                new Backoff(() -> ThreadLocalRandom.current().nextDouble()));
    }

    static HttpTransport open(
            TransportOptions options, SignIn signIn, TransportListener listener, Time time, Backoff backoff) {
        ConnectionPool pool = new ConnectionPool(options.timeouts());
        Tls tls = new Tls(
                new TrustStores(options.environment()),
                new HostCertificates(options.certificateFolders(), options.authorities()));
        Dialer dialer = new Dialer(Time.system(), options.timeouts(), tls, new ProxyRules(options.environment()));
        Wire wire = new Wire(Time.system(), options.timeouts(), pool, dialer, options.userAgent());
        Parts parts = new Parts(
                time,
                options,
                new Schemes(
                        options.insecure(), options.secure(), host -> tls.isExpectedAt(host.address(), host.port(443))),
                new HostGates(time, options),
                wire,
                new RegistryError(time),
                backoff,
                new Counter(),
                options.trace().map(file -> trace(file, time)),
                listener);
        return new HttpTransport(parts, pool, signIn);
    }

    private static Trace trace(Path file, Time time) {
        try {
            return Trace.to(file, time);
        } catch (IOException e) {
            throw new OciException("cannot write the trace of requests to " + file, e);
        }
    }

    @Override
    public <T> T send(Call<T> call) throws InterruptedException {
        return new Tries<>(
                        parts,
                        call,
                        (request, tries) -> new Delivery(parts, plain, request, tries)
                                .signedIn(call, call.signIn().orElse(signIn)))
                .run();
    }

    private <T> T sendPlain(Call<T> call, Optional<String> authorization, boolean stranger)
            throws InterruptedException {
        return new Tries<>(
                        parts,
                        call,
                        (request, tries) ->
                                new Delivery(parts, plain, request, tries).toAddress(call, authorization, stranger))
                .run();
    }

    /// What was sent until now.
    public RequestCounts counts() {
        return parts.counter().snapshot();
    }

    @Override
    public void close() {
        pool.close();
        parts.trace().ifPresent(Trace::close);
    }
}
