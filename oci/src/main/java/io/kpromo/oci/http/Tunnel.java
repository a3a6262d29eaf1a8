// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;

/// A way through a proxy that it doesn't look into. RFC 9110, "CONNECT".
final class Tunnel {
    private Tunnel() {}

    /// @param socket to the proxy, with its time-out set
    /// @throws UnreachableException when the proxy doesn't get through
    /// @throws ForbiddenException when it refuses us
    static void through(Socket socket, Proxy proxy, Origin to) throws IOException {
        String host = to.host().indexOf(':') >= 0 ? "[" + to.host() + "]" : to.host();
        String authority = host + ":" + to.port();
        RequestHead request = new RequestHead("CONNECT", authority).header("Host", authority);
        if (proxy.authorization().isPresent()) {
            request.header("Proxy-Authorization", proxy.authorization().get());
        }
        socket.getOutputStream().write(request.end());
        int status = new Head(head(socket.getInputStream())).status();
        if (status == 407 || status == 403) {
            throw new ForbiddenException("the proxy " + proxy + " does not let us through to " + to + ": it answers "
                    + status + (status == 407 ? ", so it wants a name and password (or others) in its address" : ""));
        }
        if (status < 200 || status > 299) {
            String what = "the proxy " + proxy + " does not reach " + to + ": it answers " + status;
            throw new UnreachableException(what, new IOException(what), false);
        }
    }

    /// Byte by byte: what follows the head belongs to TLS.
    private static byte[] head(InputStream in) throws IOException {
        byte[] head = new byte[Head.LARGEST];
        int length = 0;
        int lineLength = 0;
        while (length < head.length) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the proxy closed the connection");
            }
            head[length++] = (byte) c;
            if (c == '\n') {
                if (lineLength == 0 && length > 2) {
                    return Arrays.copyOf(head, length);
                }
                lineLength = 0;
            } else if (c != '\r') {
                lineLength++;
            }
        }
        throw new IOException("the answer of the proxy is too long");
    }
}
