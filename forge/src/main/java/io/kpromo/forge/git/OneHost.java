// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.util.Locale;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/// Connections to one host, port and scheme. JGit shows a token that was asked for once to whoever a server sends it
/// to from there on, so with a token nobody is followed elsewhere.
record OneHost(URIish own, HttpConnectionFactory connections) implements HttpConnectionFactory {
    OneHost(URIish own) {
        this(own, new JDKHttpConnectionFactory());
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        check(url);
        return connections.create(url);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        check(url);
        return connections.create(url, proxy);
    }

    private void check(URL url) throws IOException {
        boolean same = url.getHost().equalsIgnoreCase(own.getHost())
                && url.getPort() == own.getPort()
                && url.getProtocol().equals(own.getScheme().toLowerCase(Locale.ROOT));
        if (!same) {
            throw new IOException("it sends to " + url.getProtocol() + "://"
                    + url.getAuthority().replaceFirst(".*@", "")
                    + ", which is not shown the token; if that is right, use that address");
        }
    }
}
