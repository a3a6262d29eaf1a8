// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A socket on which a test may write what no HTTP client would.
final class RawConnection implements AutoCloseable {
    private final Socket socket;

    RawConnection(Registry registry) throws IOException {
        socket = new Socket(registry.url().getHost(), registry.url().getPort());
        socket.setSoTimeout(20_000);
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// All that comes until the server closes the connection.
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /// A head with its empty line.
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the connection ended after: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }

    static String answerTo(Registry registry, String request) throws IOException {
        try (RawConnection connection = new RawConnection(registry)) {
            connection.write(request);
            return connection.rest();
        }
    }

    static String statusOf(Registry registry, String requestLine) throws IOException {
        String answer =
                answerTo(registry, requestLine + "\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
