// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// TLS for connections that speak something else than HTTP. Whoever uses it has to ask for the host's name to be
/// checked ([javax.net.ssl.SSLParameters#setEndpointIdentificationAlgorithm]).
public final class TrustedSockets {
    private TrustedSockets() {}

    /// Believes the certificates that [HttpTransport] believes: `SSL_CERT_FILE` and `SSL_CERT_DIR`, or else what
    /// Java and the system bring along. Nothing is read before the first connection.
    ///
    /// @param environment the variables of the process
    public static SSLSocketFactory of(Map<String, String> environment) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            Trust trust = new Trust(new TrustStores(environment).sources());
            context.init(new KeyManager[0], new TrustManager[] {trust}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}
