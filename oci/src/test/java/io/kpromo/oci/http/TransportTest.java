// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.rawThenClose;
import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kpromo.oci.Host;
import io.kpromo.oci.http.ScriptedServer.Peer;
import io.kpromo.oci.http.ScriptedServer.Script;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tries, errors, counts: what the transport makes of what registries answer.
@Timeout(60)
class TransportTest {
    private final FakeTime time = new FakeTime();
    private final List<TransportListener.Event> events = new ArrayList<>();

    private HttpTransport transport(TransportOptions options) {
        return HttpTransport.open(options, SignIn.nowhere(), events::add, time, new Backoff(() -> 0));
    }

    private HttpTransport transport() {
        return transport(TransportOptions.standard());
    }

    static RegistryException refusal(HttpTransport transport, Call<?> call) {
        return catchThrowableOfType(RegistryException.class, () -> transport.send(call));
    }

    private List<Duration> pauses() {
        return events.stream()
                .filter(TransportListener.Retried.class::isInstance)
                .map(event -> ((TransportListener.Retried) event).pause())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void whatMayPassIsTriedAgain(int status) throws Exception {
        try (var server = ScriptedServer.answering(reply(status, ""), reply(status, ""), reply(200, "fine"));
                var transport = transport()) {
            assertThat(transport.send(Asking.get(server.host(), "/v2/a/b/manifests/1")))
                    .isEqualTo("fine");
            assertThat(server.requests()).hasSize(3);
            assertThat(pauses()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
            assertThat(transport.counts().of(server.host(), Kind.GET_MANIFEST).requests())
                    .isEqualTo(3);
            assertThat(transport.counts().total().again()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 409, 416, 501})
    void whatWillNotPassIsNotTriedAgain(int status) throws Exception {
        try (var server = ScriptedServer.answering(reply(status, ""));
                var transport = transport()) {
            RegistryException refusal = refusal(transport, Asking.get(server.host(), "/v2/a/b/manifests/1"));
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.tries()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    static List<Script> breaks() {
        return List.of(
                Peer::reset,
                Peer::close,
                rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
                rawThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
                rawThenClose("Hello, this is no registry\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void whatBreaksIsTriedAgain(Script breaks) throws Exception {
        try (var server = ScriptedServer.answering(breaks, breaks, reply(200, "fine"));
                var transport = transport()) {
            assertThat(transport.send(Asking.get(server.host(), "/v2/a/b/manifests/1")))
                    .isEqualTo("fine");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void theLastFailureIsTheOneThatIsTold() throws Exception {
        String body = """
            {"errors":[{"code":"TOOMANYREQUESTS","message":"slow down, please"}]}\
            """;
        try (var server = ScriptedServer.answering(Peer::reset, reply(429, body));
                var transport = transport()) {
            RegistryException refusal = refusal(transport, Asking.get(server.host(), "/v2/a/b/manifests/1?token=x"));
            assertThat(refusal)
                    .hasMessage("cannot do it: 429 TOOMANYREQUESTS after 5 tries (GET " + server.host()
                            + "/v2/a/b/manifests/1?token=***): slow down, please");
            assertThat(refusal.code()).contains("TOOMANYREQUESTS");
            assertThat(refusal).hasCauseInstanceOf(AnswerException.class);
            assertThat(server.requests()).hasSize(5);
        }
    }

    @Test
    void aFailedHeadSaysThatItHasNothingToSay() throws Exception {
        try (var server = ScriptedServer.answering(reply(403, "{}"));
                var transport = transport()) {
            assertThat(refusal(transport, Asking.head(server.host(), "/v2/a/b/manifests/1")))
                    .hasMessageContaining("HEAD has no body");
        }
    }

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

    @Test
    void retryAfterIsObeyedInSecondsAndAsADate() throws Exception {
        try (var server = ScriptedServer.answering(
                        reply(429, "", "Retry-After: 7"),
                        reply(503, "", "Retry-After: Sun, 01 Nov 2026 12:00:50 GMT"),
                        reply(200, "fine"));
                var transport = transport()) {
            assertThat(transport.send(Asking.get(server.host(), "/v2/"))).isEqualTo("fine");
            assertThat(time.sleeps()).first().isEqualTo(Duration.ofSeconds(7));
            assertThat(time.now()).isBetween(FakeTime.START.plusSeconds(50), FakeTime.START.plusSeconds(52));
        }
    }

    @Test
    void whoWantsToBeLeftAloneForTooLongIsGivenUp() throws Exception {
        try (var server = ScriptedServer.answering(reply(429, "", "Retry-After: 3600"));
                var transport = transport()) {
            assertThat(refusal(transport, Asking.get(server.host(), "/v2/")))
                    .hasMessageContaining("429 after 1 try")
                    .hasMessageContaining("asks to wait 3600 s");
            assertThat(time.sleeps()).isEmpty();
        }
    }

    @Test
    void noTryBeginsAfterTheTimeIsUp() throws Exception {
        var options = TransportOptions.standard()
                .withTries(1000)
                .withTimeouts(Timeouts.standard().withOverall(Duration.ofMinutes(3)));
        try (var server = ScriptedServer.answering(reply(503, ""));
                var transport = transport(options)) {
            assertThat(refusal(transport, Asking.get(server.host(), "/v2/")))
                    .hasMessageContaining("no more tries after 180 s");
            assertThat(time.now()).isBefore(FakeTime.START.plusSeconds(181));
        }
    }

    @Test
    void aDownloadThatGetsOnMayFailMoreOftenThanOneThatDoesNot() throws Exception {
        byte[] content = "0123456789".getBytes(StandardCharsets.UTF_8);
        Script oneByte = peer -> {
            String range = peer.request().header("Range");
            int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            peer.raw("HTTP/1.1 206 Partial\r\nContent-Length: " + (content.length - from) + "\r\n\r\n" + from);
            peer.close();
        };
        try (var server = ScriptedServer.answering(oneByte);
                var transport = transport()) {
            assertThat(transport.send(new Resuming(server.host()))).isEqualTo("0123456789");
            assertThat(server.requests()).hasSize(10);
        }
    }

    @Test
    void aDownloadThatTricklesIsGivenUpThoughItGetsOn() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Script trickling = peer -> {
            peer.raw("HTTP/1.1 206 Partial\r\nContent-Length: 1000000\r\n\r\n");
            while (!over.await(5, TimeUnit.MILLISECONDS)) {
                peer.raw("x");
            }
        };
        var impatient =
                TransportOptions.standard().withTimeouts(Timeouts.standard().withStall(Duration.ofMillis(50)));
        try (var server = ScriptedServer.answering(trickling);
                var transport = transport(impatient)) {
            assertThat(refusal(transport, new Resuming(server.host())))
                    .hasMessageContaining("after 5 tries")
                    .hasMessageContaining("the body comes too slowly");
            assertThat(server.requests()).hasSize(5);
            over.countDown();
        }
    }

    /// A download that keeps what it has got.
    private static final class Resuming implements Call<String> {
        private final Host host;
        private final StringBuilder got = new StringBuilder();

        Resuming(Host host) {
            this.host = host;
        }

        @Override
        public Request request() {
            return Asking.get(host, "/v2/a/b/blobs/x").request().with("Range", "bytes=" + got.length() + "-");
        }

        @Override
        public String read(Response response) throws IOException {
            for (int c = response.body().read(); c >= 0; c = response.body().read()) {
                got.append((char) c);
            }
            return got.toString();
        }
    }

    @Test
    void aBodyThatCanBeSentOnlyOnceFailsWithWhatTheRegistrySaid() throws Exception {
        Body once = new Body() {
            private boolean opened;

            @Override
            public long length() {
                return 4;
            }

            @Override
            public InputStream open() throws IOException {
                if (opened) {
                    throw new IOException("it is gone");
                }
                opened = true;
                return new ByteArrayInputStream(new byte[4]);
            }
        };
        try (var server = ScriptedServer.answering(reply(503, "maintenance"));
                var transport = transport()) {
            Request put = Asking.of(server.host(), Method.PUT, "/v2/a/b/blobs/uploads/1", Kind.PUT_BLOB)
                    .request()
                    .with(once);
            assertThat(refusal(transport, new Asking(put)))
                    .hasMessageContaining("503 after 1 try")
                    .hasMessageEndingWith("maintenance");
        }
    }

    @Test
    void theBytesOfAnUploadAreNotSentAgainByThemselves() throws Exception {
        try (var server = ScriptedServer.answering(reply(500, ""), reply(201, ""));
                var transport = transport()) {
            assertThat(refusal(transport, Asking.put(server.host(), "/v2/a/b/blobs/uploads/1", "content")))
                    .hasMessageContaining("500 after 1 try");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void whatIsSentIsSentAgainWhole() throws Exception {
        try (var server = ScriptedServer.answering(reply(500, ""), Peer::reset, reply(201, ""));
                var transport = transport()) {
            Request put = Asking.of(server.host(), Method.PUT, "/v2/a/b/manifests/v1", Kind.PUT_MANIFEST)
                    .request()
                    .with(Body.of("content".getBytes(StandardCharsets.UTF_8)));
            transport.send(new Asking(put));
            assertThat(server.requests())
                    .extracting(ScriptedServer.Seen::body)
                    .containsExactly("content", "content", "content");
        }
    }

    @Test
    void anInterruptEndsAPauseAndASlotIsFreeAgain() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Script silent = peer -> {
            asked.countDown();
            peer.untilGone();
        };
        var options = TransportOptions.standard().withSlotsPerHost(1);
        try (var server = ScriptedServer.answering(silent, reply(200, "fine"));
                var transport = HttpTransport.open(options)) {
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    transport.send(Asking.get(server.host(), "/v2/"));
                } catch (InterruptedException e) {
                    outcome.complete(e);
                }
            });
            asked.await();
            caller.interrupt();
            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
            assertThat(transport.send(Asking.get(server.host(), "/v2/"))).isEqualTo("fine");
        }
    }

    @Test
    void aHostGetsNoMoreRequestsAtATimeThanItHasSlots() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Script slow = peer -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            both.countDown();
            go.await();
            atOnce.decrementAndGet();
            reply(200, "").serve(peer);
        };
        try (var server = ScriptedServer.answering(slow);
                var transport = HttpTransport.open(TransportOptions.standard().withSlotsPerHost(2))) {
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                callers.add(Thread.ofVirtual().start(() -> {
                    try {
                        transport.send(Asking.get(server.host(), "/v2/"));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            }
            both.await();
            go.countDown();
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(most.get()).isEqualTo(2);
            assertThat(server.requests()).hasSize(20);
            assertThat(server.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void everyRequestLeavesALineWithoutSecrets(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("trace.jsonl");
        try (var store = ScriptedServer.answering(reply(200, "blob"));
                var server = ScriptedServer.answering(
                        reply(503, ""),
                        reply(307, "", "Location: http://127.0.0.1:" + store.port() + "/b?sig=hidden&digest=d"));
                var transport = transport(TransportOptions.standard().withTrace(file))) {
            transport.send(Asking.get(server.host(), "/v2/a/b/blobs/x?state=hidden&n=5"));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("\"status\":503,", "/v2/a/b/blobs/x?state=***&n=5\"", "\"try\":1,");
        assertThat(lines.get(2)).contains("/b?sig=***&digest=d\"", "\"try\":2,", "\"kind\":\"GET_MANIFEST\"");
        assertThat(lines).noneMatch(line -> line.contains("hidden"));
    }

    @Test
    void aRefusalForTheRateSlowsTheHostDown() throws Exception {
        try (var server = ScriptedServer.answering(reply(429, ""), reply(200, "fine"));
                var transport = transport()) {
            transport.send(Asking.get(server.host(), "/v2/"));
            assertThat(events.stream().filter(TransportListener.Throttled.class::isInstance))
                    .singleElement()
                    .isInstanceOfSatisfying(TransportListener.Throttled.class, throttled -> {
                        assertThat(throttled.host()).isEqualTo(server.host().name());
                        // One request in a tenth of a second or more was too many: half of that, and 2 at least.
                        assertThat(throttled.perSecond()).isBetween(2.0, 5.0);
                    });
        }
    }

    @Test
    void theErrorsOfARegistryAreShownWithoutItsTricks() throws Exception {
        String body =
                "{\"errors\":[{\"code\":\"DENIED\\n\",\"message\":\"red\\u001b[31m https://a/?sig=1 Bearer abc\"}]}";
        try (var server = ScriptedServer.answering(reply(403, body));
                var transport = transport()) {
            RegistryException refusal = refusal(transport, Asking.get(server.host(), "/v2/"));
            assertThat(refusal.code()).isEmpty();
            assertThat(refusal).hasMessageEndingWith("): red [31m https://a/?*** Bearer ***");
        }
    }
}
