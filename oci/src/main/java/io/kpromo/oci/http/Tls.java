// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// Puts TLS on a connection. Certificates, and the name in them, are always checked.
final class Tls {
    private final TrustStores stores;
    private final HostCertificates hosts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Believed, SSLSocketFactory> factories = new HashMap<>();

    /// What decides whom a host has to be.
    private record Believed(Optional<Path> alone, List<Path> folders) {}

    Tls(TrustStores stores, HostCertificates hosts) {
        this.stores = stores;
        this.hosts = hosts;
    }

    /// Whether somebody has put certificates for this host and port on this machine, so that it surely speaks TLS.
    boolean isExpectedAt(String host, int port) {
        return !hosts.folders(host, port).isEmpty();
    }

    Socket over(Socket socket, Origin to, Deadline deadline) throws IOException {
        SSLSocket secured = (SSLSocket) factory(to).createSocket(socket, to.host(), to.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(Math.clamp(deadline.left().toMillis(), 1, Integer.MAX_VALUE));
        try {
            secured.startHandshake();
        } catch (SSLException e) {
            throw named(e, to);
        }
        return secured;
    }

    /// Says which host it was, and what can be done about a certificate that isn't believed.
    private static SSLException named(SSLException failure, Origin to) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new SSLException(
                        "the certificate of " + to.authority() + " is not believed: " + cause.getMessage()
                                + "; see SSL_CERT_FILE and certs.d in docs/registries.md",
                        failure);
            }
        }
        return new SSLException("no TLS with " + to.authority() + ": " + failure.getMessage(), failure);
    }

    private SSLSocketFactory factory(Origin to) throws IOException {
        Believed believed = new Believed(hosts.alone(to.host(), to.port()), hosts.folders(to.host(), to.port()));
        lock.lock();
        try {
            SSLSocketFactory known = factories.get(believed);
            if (known == null) {
                known = context(believed).getSocketFactory();
                factories.put(believed, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private SSLContext context(Believed believed) throws IOException {
        KeyManager[] ours = believed.folders.isEmpty() ? new KeyManager[0] : HostCertificates.ours(believed.folders);
        List<Trust.Source> sources = sources(believed);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(ours, new TrustManager[] {new Trust(sources)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS can't be started", e);
        }
    }

    private List<Trust.Source> sources(Believed believed) throws IOException {
        if (believed.alone.isPresent()) {
            List<X509Certificate> alone = HostCertificates.in(believed.alone.get());
            return List.of(() -> TrustStores.managerOf(alone));
        }
        List<Trust.Source> sources = new ArrayList<>();
        List<X509Certificate> added = HostCertificates.authorities(believed.folders);
        if (!added.isEmpty()) {
            sources.add(() -> TrustStores.managerOf(added));
        }
        sources.addAll(stores.sources());
        return sources;
    }
}
