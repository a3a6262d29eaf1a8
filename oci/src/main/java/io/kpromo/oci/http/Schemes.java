// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/// Which registries are spoken to by `https`: all of them, but for this machine's own and those that were named as
/// insecure. Where there is a choice, what was found out is remembered, so that it costs one request a run at most.
final class Schemes {
    private static final String GO_SAYS = "HTTP request to an HTTPS server";

    private static final String DOCKER_HUB = "registry-1.docker.io";

    private final Set<Host> insecure;
    private final Set<Host> secure;
    private final Predicate<Host> secured;
    private final ConcurrentHashMap<Host, Boolean> tls = new ConcurrentHashMap<>();

    /// @param insecure that may be spoken to by plain HTTP
    /// @param secure that may not, though they are this machine's own
    /// @param secured whether certificates for a host were put on this machine, so that it surely speaks TLS
    Schemes(Set<Host> insecure, Set<Host> secure, Predicate<Host> secured) {
        this.insecure = insecure;
        this.secure = secure;
        this.secured = secured;
    }

    /// Where a registry is reached. This machine is asked in plain HTTP first, an insecure host with TLS first.
    Origin of(Host host) {
        if (!hasChoice(host)) {
            return origin(host, true);
        }
        Boolean learned = tls.get(host);
        return origin(host, learned != null ? learned : !host.isLoopback() || secured.test(host));
    }

    /// The registry by the other scheme, where it may be that this failure means that.
    Optional<Origin> other(Host host, Origin tried, IOException failure) {
        boolean choice = hasChoice(host) && !tls.containsKey(host);
        boolean mismatch = tried.tls()
                ? failure instanceof UnreachableException || isWithoutTls(failure)
                : failure instanceof NotHttpException notHttp && notHttp.isTls();
        return choice && mismatch ? Optional.of(origin(host, !tried.tls())) : Optional.empty();
    }

    /// Servers written in Go answer plain HTTP on a TLS port with this.
    boolean isForTls(Host host, Origin tried, AnswerException answer) {
        return !tried.tls()
                && !tls.containsKey(host)
                && answer.status() == 400
                && answer.said().contains(GO_SAYS);
    }

    private boolean hasChoice(Host host) {
        return (host.isLoopback() && !secure.contains(host)) || insecure.contains(host);
    }

    void learned(Host host, Origin origin) {
        if (hasChoice(host)) {
            tls.putIfAbsent(host, origin.tls());
        }
    }

    /// Where an address leads that a registry gave. One that names the registry itself by plain HTTP is taken for
    /// the registry as we know it: behind a proxy that ends TLS many don't know better.
    ///
    /// @throws ForbiddenException when it is plain HTTP to a host that may not be spoken to so
    Origin of(URI address, Origin registry) throws IOException {
        Origin to = Origin.of(address);
        if (to.tls()) {
            return to;
        }
        boolean samePort = to.port() == registry.port() || address.getPort() < 0;
        if (registry.tls() && to.host().equals(registry.host()) && samePort) {
            return registry;
        }
        requirePlainAllowed(to);
        return to;
    }

    void requirePlainAllowed(Origin to) throws ForbiddenException {
        if (!to.tls() && !Addresses.isLoopback(to.host()) && !isInsecure(to)) {
            throw new ForbiddenException("plain HTTP to " + to.authority()
                    + " is not allowed; if it must be, name it with --insecure-registry");
        }
    }

    private boolean isInsecure(Origin to) {
        for (Host host : insecure) {
            if (host.address().equals(to.host()) && host.port(to.port()) == to.port()) {
                return true;
            }
        }
        return false;
    }

    private static Origin origin(Host host, boolean tls) {
        // Docker Hub's images are named for a host that does not serve them.
        return Origin.of(tls, host.name().equals("docker.io") ? DOCKER_HUB : host.address(), host.port(-1));
    }

    /// A certificate that isn't trusted is no reason to do without one.
    private static boolean isWithoutTls(IOException failure) {
        if (!(failure instanceof SSLException)) {
            return false;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return false;
            }
        }
        return true;
    }
}
