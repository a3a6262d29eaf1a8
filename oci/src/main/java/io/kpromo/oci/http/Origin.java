// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/// Where a connection leads: what browsers call an origin. Credentials never leave the one they belong to.
///
/// @param tls whether it is `https`
/// @param host a name or an address in lower case, IPv6 without brackets
/// @param port always written out
record Origin(boolean tls, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// @throws IOException when the address has another scheme, no host, or a user's name in it
    static Origin of(URI address) throws IOException {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        String host = address.getHost();
        if ((!tls && !scheme.equals("http")) || host == null || host.isEmpty() || address.getRawUserInfo() != null) {
            throw new IOException("not an address for a registry: " + Redact.address(address));
        }
        return of(tls, host, address.getPort());
    }

    /// @param port -1 for the scheme's own
    static Origin of(boolean tls, String host, int port) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return new Origin(tls, bare.toLowerCase(Locale.ROOT), port > 0 ? port : tls ? HTTPS : HTTP);
    }

    /// The host as it stands in a `Host` header and before a path: the port only where it is not the scheme's own.
    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? HTTPS : HTTP) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }
}
