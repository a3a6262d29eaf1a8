// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.rawThenClose;
import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.http.ScriptedServer.Peer;
import io.kpromo.oci.http.ScriptedServer.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tries, errors, counts: what the transport makes of what registries answer.
class TransportTest extends TransportFixture {
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
