// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// How long is tried to reach who seems not to be there.
class AbsentHostTest extends TransportFixture {
    @Test
    void whoSeemsNotToBeThereAtAllIsTriedThreeTimes() throws Exception {
        // Taken, so that nobody else gets it, but nobody listens there.
        try (Socket held = new Socket();
                var transport = transport()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Host gone = new Host("127.0.0.1:" + held.getLocalPort());
            assertThat(refusal(transport, Asking.get(gone, "/v2/")))
                    .hasMessageContaining("after 3 tries")
                    .hasMessageContaining("no connection to http://" + gone);
            assertThat(transport.counts().total().requests()).isZero();
        }
    }

    @Test
    void whoHasBeenThereIsTriedAsOftenAsForAnyOtherFailure() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var transport = transport()) {
            Host host = new Host("127.0.0.1:" + listener.getLocalPort());
            Thread.ofVirtual().start(() -> answerOnce(listener));
            assertThat(transport.send(Asking.get(host, "/v2/"))).isEqualTo("fine");
            assertThat(refusal(transport, Asking.get(host, "/v2/")))
                    .hasMessageContaining("after 5 tries")
                    .hasMessageContaining("no connection to http://" + host);
        }
    }

    private static void answerOnce(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            listener.close();
            BufferedReader head =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (!"".equals(head.readLine())) {
                // All of it is read, or closing would reset the connection.
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfine"
                            .getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aNameThatNobodyKnowsMayBeKnownInAMoment() throws Exception {
        // Longer than labels may be, so that no name server is asked.
        Host unknown = new Host("x".repeat(64) + ".example");
        try (var transport = transport()) {
            assertThat(refusal(transport, Asking.get(unknown, "/v2/")))
                    .hasMessageContaining("after 5 tries")
                    .hasMessageContaining("no host of the name " + unknown + " is known");
        }
    }
}
