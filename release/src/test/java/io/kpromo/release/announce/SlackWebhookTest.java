// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackWebhookTest {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpTransport transport = HttpTransport.open(TransportOptions.standard());
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/services/T0/B0/hush", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (status == 0) {
                exchange.close(); // took it, and never said so
                return;
            }
            byte[] answer = "ok".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        transport.close();
    }

    @Test
    void whatWouldBeAMentionOrALinkIsText() throws InterruptedException {
        webhook().send("tool <v1> & more", "hello <!channel> <https://evil.example|click>");

        assertThat(bodies)
                .containsExactly("{\"text\":\"*tool &lt;v1&gt; &amp; more*\\nhello &lt;!channel&gt;"
                        + " &lt;https://evil.example|click&gt;\"}");
    }

    @Test
    void aRefusalMeansThatNothingWentOut() {
        status = 404;

        assertThatThrownBy(() -> webhook().send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("404")
                .hasMessageNotContaining("hush");
    }

    @Test
    void anAnswerThatGotLostIsNotARefusalAndNothingIsSentTwice() {
        status = 0;

        assertThatThrownBy(() -> webhook().send("a", "b"))
                .isInstanceOf(OciException.class)
                .isNotInstanceOf(UnsentException.class)
                .hasNoCause()
                .hasMessageContaining("did not say whether")
                .hasMessageNotContaining("hush");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void whoCannotBeReachedGotNothing() {
        SlackWebhook webhook = webhook();
        server.stop(0);

        assertThatThrownBy(() -> webhook.send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageNotContaining("hush");
    }

    @Test
    void theAddressIsNeverShownEvenWhereItIsWrong() {
        assertThatThrownBy(() ->
                        new SlackWebhook(transport, Secret.of("http://hooks.example/hush"), "HOOK").send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessage("HOOK holds no address of a webhook (https://…)");
    }

    private SlackWebhook webhook() {
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0/B0/hush";
        return new SlackWebhook(transport, Secret.of(address), "HOOK");
    }
}
