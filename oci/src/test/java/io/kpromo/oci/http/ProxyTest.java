// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Host;
import io.kpromo.oci.http.ScriptedServer.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Proxies, as programs in Go understand their variables.
@Timeout(60)
class ProxyTest {
    private static boolean usesProxy(String noProxy, boolean tls, String host, int port) throws IOException {
        return new ProxyRules(Map.of("HTTPS_PROXY", "http://p:1", "HTTP_PROXY", "http://p:1", "NO_PROXY", noProxy))
                .proxyFor(Origin.of(tls, host, port))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|example.com|443|true",
                "*|example.com|443|false",
                "example.com|example.com|443|false",
                "example.com|a.b.example.com|443|false",
                "example.com|badexample.com|443|true",
                ".example.com|example.com|443|true",
                ".example.com|a.example.com|443|false",
                "*.example.com|example.com|443|true",
                "*.example.com|a.example.com|443|false",
                "EXAMPLE.com|example.com|443|false",
                "other.com, example.com|example.com|443|false",
                "example.com:443|example.com|443|false",
                "example.com:8443|example.com|443|true",
                "10.0.0.0/8|10.9.8.7|443|false",
                "10.0.0.0/8|11.0.0.1|443|true",
                "10.0.0.0/8|10.example.com|443|true",
                "192.168.1.130/25|192.168.1.200|443|false",
                "192.168.1.130/25|192.168.1.1|443|true",
                "192.168.1.1|192.168.1.1|443|false",
                "192.168.1.1:80|192.168.1.1|443|true",
                "fd00::/8|fd12::1|443|false",
                "[fd00::1]:443|fd00::1|443|false",
                "fd00::1|fd00::1|443|false",
                ":443|example.com|443|true",
                "10.0.0.0/99|10.0.0.1|443|true",
                "''|localhost|443|false",
                "''|127.0.0.1|443|false",
                "''|127.8.8.8|443|false",
                "''|::1|443|false"
            })
    void noProxySaysWhatIsReachedDirectly(String noProxy, String host, int port, boolean proxy) throws IOException {
        assertThat(usesProxy(noProxy, true, host, port)).isEqualTo(proxy);
        assertThat(usesProxy(noProxy, false, host, port)).isEqualTo(proxy);
    }

    @Test
    void eachSchemeHasItsVariableAndLowerCaseWillDo() throws IOException {
        Origin tls = Origin.of(true, "r.example", -1);
        Origin plain = Origin.of(false, "r.example", -1);
        ProxyRules lower = new ProxyRules(Map.of("https_proxy", "proxy:3128", "no_proxy", "x.example"));
        assertThat(lower.proxyFor(tls)).hasValueSatisfying(p -> assertThat(p).hasToString("http://proxy:3128"));
        assertThat(lower.proxyFor(plain)).isEmpty();
        assertThat(lower.proxyFor(Origin.of(true, "x.example", -1))).isEmpty();
        ProxyRules cgi = new ProxyRules(Map.of("HTTP_PROXY", "proxy", "REQUEST_METHOD", "GET"));
        assertThatThrownBy(() -> cgi.proxyFor(plain)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aNameAndPasswordAreSentAndNotShown() throws IOException {
        Proxy proxy = new ProxyRules(Map.of("HTTPS_PROXY", "http://us%40er:p%2Bw+@proxy:3128"))
                .proxyFor(Origin.of(true, "r.example", -1))
                .orElseThrow();
        assertThat(proxy.authorization()).contains("Basic dXNAZXI6cCt3Kw==");
        assertThat(proxy.toString()).isEqualTo("http://proxy:3128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://proxy:1080", "http://", "ht tp://secret@x"})
    void whatIsNoProxyIsRefusedWithoutShowingIt(String value) {
        ProxyRules rules = new ProxyRules(Map.of("HTTPS_PROXY", value));
        assertThatThrownBy(() -> rules.proxyFor(Origin.of(true, "r.example", -1)))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }

    @Test
    void plainHttpIsHandedToTheProxyWithItsWholeAddress() throws Exception {
        try (ScriptedServer proxy = ScriptedServer.answering(reply(200, "by proxy"))) {
            Host registry = new Host("plain.example:80");
            TransportOptions options = TransportOptions.standard()
                    .withTries(1)
                    .withInsecure(Set.of(registry))
                    .withEnvironment(Map.of("HTTP_PROXY", "http://user:pass@" + proxy.host()));
            try (HttpTransport transport = HttpTransport.open(options)) {
                Request request = Asking.of(registry, Method.GET, "http://plain.example:80/v2/?n=1", Kind.PING)
                        .request();
                // There is no TLS to be had at this name, which is known to nobody, so plain HTTP comes next.
                assertThat(transport.send(new Asking(request))).isEqualTo("by proxy");
                assertThat(proxy.lines()).containsExactly("GET http://plain.example/v2/?n=1");
                assertThat(proxy.requests().getFirst().header("Host")).isEqualTo("plain.example");
                assertThat(proxy.requests().getFirst().header("Proxy-Authorization"))
                        .isEqualTo("Basic dXNlcjpwYXNz");
            }
        }
    }

    @Test
    void tlsGoesThroughATunnel(@TempDir Path folder) throws Exception {
        TestKeys keys = TestKeys.make(folder, "EC", "dns:registry.example");
        Path authority = Files.writeString(folder.resolve("ca.pem"), keys.certificate());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        try (ScriptedServer registry = ScriptedServer.on(keys.listener(false), true, reply(200, "through"));
                ScriptedServer proxy = ScriptedServer.answering(tunnelTo(registry.port()))) {
            TransportOptions options = TransportOptions.standard()
                    .withTries(1)
                    .withEnvironment(Map.of(
                            "HTTPS_PROXY", "http://user:pass@" + proxy.host(),
                            "SSL_CERT_FILE", authority.toString(),
                            "SSL_CERT_DIR", empty.toString()));
            try (HttpTransport transport = HttpTransport.open(options)) {
                Host host = new Host("registry.example");
                assertThat(transport.send(Asking.get(host, "/v2/"))).isEqualTo("through");
                assertThat(transport.send(Asking.get(host, "/v2/"))).isEqualTo("through");
                assertThat(transport.counts().of(host).requests()).isEqualTo(2);
            }
            assertThat(proxy.lines()).containsExactly("CONNECT registry.example:443");
            assertThat(proxy.requests().getFirst().header("Proxy-Authorization"))
                    .isEqualTo("Basic dXNlcjpwYXNz");
            assertThat(registry.requests())
                    .allSatisfy(seen ->
                            assertThat(seen.header("Proxy-Authorization")).isEmpty());
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() throws Exception {
        try (ScriptedServer proxy = ScriptedServer.answering(reply(407, ""));
                HttpTransport transport = HttpTransport.open(TransportOptions.standard()
                        .withEnvironment(Map.of("HTTPS_PROXY", "http://user:pass@" + proxy.host())))) {
            assertThatThrownBy(() -> transport.send(Asking.get(new Host("registry.example"), "/v2/")))
                    .hasMessageContaining("the proxy http://" + proxy.host())
                    .hasMessageContaining("407")
                    .hasMessageContaining("after 1 try")
                    .hasMessageNotContaining("pass@");
            assertThat(proxy.requests()).hasSize(1);
        }
    }

    private static Script tunnelTo(int port) {
        return peer -> {
            try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
                peer.raw("HTTP/1.1 200 Connection established\r\n\r\n");
                Thread back = Thread.ofVirtual().start(() -> {
                    try {
                        peer.pipe(there.getInputStream());
                    } catch (IOException gone) {
                        // The test is over.
                    }
                });
                copy(peer.in(), there.getOutputStream());
                back.interrupt();
            }
        };
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] bytes = new byte[8192];
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
            out.write(bytes, 0, n);
            out.flush();
        }
    }
}
