// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS with certificates of our own making.
@Timeout(60)
class TlsTest {
    @TempDir
    private static Path folder;

    private static TestKeys keys;
    private static TestKeys others;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TestKeys.make(folder, "EC", "ip:127.0.0.1,dns:localhost");
        others = TestKeys.make(folder, "RSA", "dns:elsewhere.example");
        Files.writeString(folder.resolve("ca.pem"), "some words\n" + others.certificate() + keys.certificate());
        Files.writeString(folder.resolve("other.pem"), others.certificate());
        Files.createDirectory(folder.resolve("empty"));
    }

    private static TransportOptions believing(String file) {
        return TransportOptions.standard()
                .withTries(1)
                .withEnvironment(Map.of(
                        "SSL_CERT_FILE", folder.resolve(file).toString(),
                        "SSL_CERT_DIR", folder.resolve("empty").toString()));
    }

    private static ScriptedServer server(boolean clients) throws Exception {
        return ScriptedServer.on(keys.listener(clients), true, reply(200, "secured"));
    }

    @Test
    void aLoopbackRegistryThatSpeaksTlsIsFoundOutOnce() throws Exception {
        try (ScriptedServer server = server(false);
                HttpTransport transport = HttpTransport.open(believing("ca.pem"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(transport.send(Asking.get(server.host(), "/v2/"))).isEqualTo("secured");
            }
            assertThat(server.requests()).hasSize(5);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aCertificateThatNobodyBelievesIsRefusedAndNotTriedAgain() throws Exception {
        try (ScriptedServer server = server(false);
                HttpTransport transport =
                        HttpTransport.open(believing("other.pem").withTries(5))) {
            assertThatThrownBy(() -> transport.send(Asking.get(server.host(), "/v2/")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("after 1 try")
                    .hasMessageContaining("the certificate of " + server.host() + " is not believed")
                    .hasMessageContaining("SSL_CERT_FILE");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        try (ScriptedServer server = ScriptedServer.on(others.listener(false), true, reply(200, "fooled"));
                HttpTransport transport = HttpTransport.open(believing("ca.pem"))) {
            assertThatThrownBy(() -> transport.send(Asking.get(server.host(), "/v2/")))
                    .hasMessageContaining("is not believed");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void certsDAddsAnAuthorityForOneHostAndItsPort() throws Exception {
        try (ScriptedServer server = server(false)) {
            Path own = Files.createDirectories(
                    folder.resolve("certs.d").resolve(server.host().name()));
            Files.writeString(own.resolve("ours.crt"), keys.certificate());
            TransportOptions options = believing("other.pem").withCertificateFolders(List.of(own.getParent()));
            try (HttpTransport transport = HttpTransport.open(options)) {
                assertThat(transport.send(Asking.get(server.host(), "/v2/"))).isEqualTo("secured");
                assertThat(server.connections()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "authorities"})
    void anAuthorityThatIsNamedForAHostIsBelievedThere(String place) throws Exception {
        Path authorities = Files.createDirectories(folder.resolve("authorities"));
        Files.writeString(authorities.resolve("other.pem"), others.certificate());
        Files.writeString(authorities.resolve("ours.pem"), keys.certificate());
        try (ScriptedServer server = server(false);
                HttpTransport transport = HttpTransport.open(
                        believing("other.pem").withAuthorities(Map.of(server.host(), folder.resolve(place))))) {
            assertThat(transport.send(Asking.get(server.host(), "/v2/"))).isEqualTo("secured");
        }
    }

    @Test
    void whereAnAuthorityIsNamedForAHostNobodyElseIsBelieved() throws Exception {
        try (ScriptedServer server = server(false);
                HttpTransport transport = HttpTransport.open(
                        believing("ca.pem").withAuthorities(Map.of(server.host(), folder.resolve("other.pem"))))) {
            assertThatThrownBy(() -> transport.send(Asking.get(server.host(), "/v2/")))
                    .hasMessageContaining("is not believed");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void anAuthorityThatIsNamedForAnotherPortChangesNothing() throws Exception {
        Host elsewhere = new Host("127.0.0.1:1");
        try (ScriptedServer server = server(false);
                HttpTransport transport = HttpTransport.open(
                        believing("ca.pem").withAuthorities(Map.of(elsewhere, folder.resolve("other.pem"))))) {
            assertThat(transport.send(Asking.get(server.host(), "/v2/"))).isEqualTo("secured");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "EC PRIVATE KEY"})
    void certsDHoldsWhatWeShow(String form) throws Exception {
        try (ScriptedServer server = server(true)) {
            Path parent = folder.resolve("certs-" + form.hashCode());
            Path own = Files.createDirectories(parent.resolve(server.host().name()));
            Files.writeString(own.resolve("ours.crt"), keys.certificate());
            Files.writeString(own.resolve("client.cert"), keys.certificate());
            byte[] pkcs8 = keys.key().getEncoded();
            Files.writeString(
                    own.resolve("client.key"),
                    TestKeys.pem(form, form.startsWith("EC") ? contentOfPkcs8(pkcs8) : pkcs8));
            TransportOptions options = believing("other.pem").withCertificateFolders(List.of(parent));
            try (HttpTransport transport = HttpTransport.open(options)) {
                assertThat(transport.send(Asking.get(server.host(), "/v2/"))).isEqualTo("secured");
            }
        }
    }

    @Test
    void keysOfPkcs1AreReadToo() throws Exception {
        Path file = folder.resolve("rsa.key");
        Files.writeString(
                file,
                TestKeys.pem("RSA PRIVATE KEY", contentOfPkcs8(others.key().getEncoded())));
        Path certificate = folder.resolve("other.pem");
        assertThat(Pem.privateKey(file, Pem.certificates(certificate).getFirst().getPublicKey()))
                .isEqualTo(others.key());
        Files.writeString(file, TestKeys.pem("ENCRYPTED PRIVATE KEY", new byte[10]));
        assertThatThrownBy(() -> Pem.privateKey(
                        file, Pem.certificates(certificate).getFirst().getPublicKey()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("openssl pkey");
    }

    /// The older form within PKCS #8: what its last element, an octet string, holds.
    private static byte[] contentOfPkcs8(byte[] pkcs8) {
        int at = header(pkcs8, 0) + 3;
        at = header(pkcs8, at) + length(pkcs8, at);
        int start = header(pkcs8, at);
        return Arrays.copyOfRange(pkcs8, start, start + length(pkcs8, at));
    }

    private static int header(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1];
        if (first >= 0) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length * 256 + (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    @Test
    void anInsecureHostIsAskedByTlsFirstAndByPlainHttpThen() throws Exception {
        Host host = new Host("plain.example:80");
        Host other = new Host("other.example");
        Schemes schemes = new Schemes(Set.of(host), Set.of(), asked -> false);
        Origin first = schemes.of(host);
        assertThat(first.tls()).isTrue();
        IOException noTls = new SSLException("Unsupported or unrecognized SSL message");
        Origin second = schemes.other(host, first, noTls).orElseThrow();
        assertThat(second.tls()).isFalse();
        schemes.learned(host, second);
        assertThat(schemes.of(host)).isEqualTo(second);
        assertThat(schemes.other(other, schemes.of(other), noTls)).isEmpty();
    }

    @Test
    void aHostOfThisMachineThatWasNamedByHttpsIsNeverAskedByPlainHttp() {
        Host host = new Host("127.0.0.1:7443");
        Schemes schemes = new Schemes(Set.of(), Set.of(host), other -> false);
        Origin origin = schemes.of(host);
        assertThat(origin.tls()).isTrue();
        assertThat(schemes.other(host, origin, new SSLException("Unsupported or unrecognized SSL message")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptEndsAReadOverTls(boolean virtual) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.on(keys.listener(false), true, peer -> {
                    asked.countDown();
                    peer.untilGone();
                });
                HttpTransport transport = HttpTransport.open(believing("ca.pem"))) {
            CompletableFuture<String> outcome = new CompletableFuture<>();
            Runnable work = () -> {
                try {
                    outcome.complete(transport.send(Asking.get(server.host(), "/v2/")));
                } catch (Exception e) {
                    outcome.completeExceptionally(e);
                }
            };
            Thread thread = virtual
                    ? Thread.ofVirtual().start(work)
                    : Thread.ofPlatform().start(work);
            asked.await();
            thread.interrupt();
            assertThatThrownBy(outcome::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aLargeBodyAndItsEarlyRefusalOverTls() throws Exception {
        byte[] body = new byte[5_000_000];
        try (ScriptedServer server = ScriptedServer.on(keys.listener(false), true, reply(201, "stored"));
                HttpTransport transport = HttpTransport.open(believing("ca.pem"))) {
            Request put = Asking.of(server.host(), Method.PUT, "/v2/a/b/blobs/uploads/1", Kind.PUT_BLOB)
                    .request()
                    .with(Body.of(body));
            assertThat(transport.send(new Asking(put))).isEqualTo("stored");
            assertThat(server.requests().getLast().body()).hasSize(body.length);
        }
        try (ScriptedServer server = ScriptedServer.on(keys.listener(false), false, peer -> {
                    reply(413, "too large").serve(peer);
                    peer.untilGone();
                });
                HttpTransport transport = HttpTransport.open(believing("ca.pem"))) {
            Request put = Asking.of(server.host(), Method.PUT, "/v2/a/b/blobs/uploads/1", Kind.PUT_BLOB)
                    .request()
                    .with(Body.of(new byte[20_000_000]));
            assertThatThrownBy(() -> transport.send(new Asking(put))).hasMessageContaining("413");
        }
    }
}
