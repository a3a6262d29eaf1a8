// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// What libraries that bring an HTTP client of their own need in order to take the same proxies and to believe
/// the same certificates as [HttpTransport] does.
public final class OtherClients {
    private final ProxyRules proxies;
    private final TrustStores stores;

    /// @param environment the variables of the process
    public OtherClients(Map<String, String> environment) {
        this.proxies = new ProxyRules(environment);
        this.stores = new TrustStores(environment);
    }

    /// Whose certificates are believed; nothing is read before there is one to judge.
    public TrustManager trust() {
        return new Trust(stores.sources());
    }

    /// A connection that is not open yet.
    ///
    /// @throws IOException where the way leads through a proxy that Java's own client can't use: one that wants a
    ///     password, or that is spoken to by TLS itself
    public HttpURLConnection connection(URI address) throws IOException {
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        Optional<Proxy> proxy = proxies.proxyFor(Origin.of(tls, address.getHost(), address.getPort()));
        HttpURLConnection connection = (HttpURLConnection)
                address.toURL().openConnection(proxy.isPresent() ? javas(proxy.get()) : java.net.Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secured) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {trust()}, null);
                secured.setSSLSocketFactory(context.getSocketFactory());
            } catch (GeneralSecurityException e) {
                throw new IOException("TLS can't be started", e);
            }
        }
        return connection;
    }

    private static java.net.Proxy javas(Proxy proxy) throws IOException {
        if (proxy.authorization().isPresent() || proxy.origin().tls()) {
            throw new ForbiddenException("the proxy " + proxy + " wants a password or TLS, which credentials of clouds"
                    + " can't be fetched through; reach their servers directly by NO_PROXY");
        }
        return new java.net.Proxy(
                java.net.Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(
                        proxy.origin().host(), proxy.origin().port()));
    }
}
