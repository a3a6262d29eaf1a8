// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import static io.kpromo.registry.Client.body;
import static io.kpromo.registry.Client.header;
import static io.kpromo.registry.Client.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.fault.Gate;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultsTest extends RegistryTest {
    private static final String PATH = "/v2/a/blobs/" + BLOB_DIGEST;

    @BeforeEach
    void pushABlob() throws Exception {
        client.upload("a", BLOB);
        registry.resetCounts();
    }

    @Test
    void aRequestIsAnsweredWithAnErrorSoManyTimes() throws Exception {
        registry.faults().add(Fault.on(Kind.GET_BLOB).times(2).answers(429, Map.of("Retry-After", "1")));
        var struck = client.get(PATH);
        assertThat(struck.statusCode()).isEqualTo(429);
        assertThat(header(struck, "Retry-After")).isEqualTo("1");
        assertThat(body(struck)).contains("TOOMANYREQUESTS");
        assertThat(client.get(PATH).statusCode()).isEqualTo(429);
        assertThat(client.get(PATH).statusCode()).isEqualTo(200);
        assertThat(registry.faults().strikes()).isEqualTo(2);
        assertThat(registry.counts()).isEqualTo(Counts.none().and(Kind.GET_BLOB, 3));
        assertThat(registry.reads(BLOB_DIGEST)).isEqualTo(1);
    }

    @Test
    void onlyTheNthRequestOfARepositoryIsStruckAndClearingEndsIt() throws Exception {
        client.upload("b", BLOB);
        registry.faults()
                .add(Fault.on()
                        .repository("a")
                        .reference(BLOB_DIGEST.toString())
                        .nth(2)
                        .answersPlainly(503, ""));
        assertThat(client.get("/v2/b/blobs/" + BLOB_DIGEST).statusCode()).isEqualTo(200);
        assertThat(client.get(PATH).statusCode()).isEqualTo(200);
        assertThat(client.get(PATH).statusCode()).isEqualTo(503);
        assertThat(client.get(PATH).statusCode()).isEqualTo(200);
        registry.faults().add(Fault.on().answers(500));
        assertThat(client.get(PATH).statusCode()).isEqualTo(500);
        registry.faults().clear();
        assertThat(client.get(PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void chanceIsRepeatable() throws Exception {
        assertThat(statusesByChance()).contains(200, 500).isEqualTo(statusesByChance());
    }

    private List<Integer> statusesByChance() throws Exception {
        registry.faults().clear();
        registry.faults().add(Fault.on(Kind.HEAD_BLOB).withProbability(0.5, 42).answers(500));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(client.send("HEAD", PATH).statusCode());
        }
        return statuses;
    }

    @Test
    void aConnectionIsResetBeforeTheAnswerOrInTheMiddleOfIt() throws Exception {
        registry.faults().add(Fault.on(Kind.HEAD_BLOB).times(2).resets());
        assertThatThrownBy(() -> client.send("HEAD", PATH)).isInstanceOf(IOException.class);
        assertThat(registry.requests().getLast().status()).isZero();
        registry.faults().clear();
        registry.faults().add(Fault.on(Kind.GET_BLOB).times(1).resetsWhileSending(4));
        assertThatThrownBy(() -> client.get(PATH)).isInstanceOf(IOException.class);
        registry.faults().clear();
        registry.faults().add(Fault.on(Kind.GET_BLOB).times(1).truncates(4));
        assertThatThrownBy(() -> client.get(PATH)).isInstanceOf(IOException.class);
        registry.faults().clear();
        assertThat(client.get(PATH).body()).isEqualTo(BLOB);
    }

    @Test
    void aRequestMayBeCarriedOutWithoutItsSenderKnowing() throws Exception {
        byte[] other = "other".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        registry.faults().add(Fault.on(Kind.PUT_BLOB).times(1).resetsAfterwards());
        assertThatThrownBy(() -> client.upload("a", other)).isInstanceOf(IOException.class);
        assertThat(client.get("/v2/a/blobs/" + Digest.sha256(other)).body()).isEqualTo(other);
    }

    @Test
    void oneBitIsFlippedAndAllElseArrives() throws Exception {
        registry.faults().add(Fault.on(Kind.GET_BLOB).corrupts(3));
        byte[] expected = BLOB.clone();
        expected[3] ^= 1;
        assertThat(client.get(PATH).body()).isEqualTo(expected);
    }

    @Test
    void headersLieAndLengthsToo() throws Exception {
        Digest lie = Digest.sha256(new byte[1]);
        registry.faults().add(Fault.on(Kind.HEAD_BLOB).times(1).claimsDigest(lie));
        assertThat(header(client.send("HEAD", PATH), "Docker-Content-Digest")).isEqualTo(lie.toString());
        registry.faults().add(Fault.on(Kind.HEAD_BLOB).claims("Docker-Content-Digest", ""));
        assertThat(header(client.send("HEAD", PATH), "Docker-Content-Digest")).isEmpty();
        registry.faults().clear();
        registry.faults().add(Fault.on(Kind.GET_BLOB).announcesMore(5));
        assertThatThrownBy(() -> client.get(PATH)).isInstanceOf(IOException.class);
        registry.faults().clear();
        registry.faults().add(Fault.on(Kind.GET_BLOB).announcesMore(-5));
        assertThat(client.get(PATH).body()).isEqualTo(Arrays.copyOf(BLOB, 5));
    }

    @Test
    void aStalledRequestGoesOnWhenTheGateOpens() throws Exception {
        Gate gate = new Gate();
        registry.faults().add(Fault.on(Kind.GET_BLOB).times(1).stalls(gate));
        CompletableFuture<Integer> stalled = new CompletableFuture<>();
        Thread reader = Thread.startVirtualThread(() -> {
            try {
                stalled.complete(client.get(PATH).statusCode());
            } catch (Exception e) {
                stalled.completeExceptionally(e);
            }
        });
        gate.awaitArrival();
        assertThat(stalled).isNotDone();
        gate.open();
        assertThat(stalled.join()).isEqualTo(200);
        reader.join();
    }

    @Test
    void aSlowOrLateAnswerIsStillTheRightOne() throws Exception {
        registry.faults()
                .add(
                        Fault.on(Kind.GET_BLOB).delays(Duration.ofMillis(5)),
                        Fault.on(Kind.GET_BLOB).sendsSlowly(1000),
                        Fault.on(Kind.PUT_BLOB).readsSlowly(1000));
        assertThat(client.get(PATH).body()).isEqualTo(BLOB);
        assertThat(client.upload("b", BLOB).statusCode()).isEqualTo(201);
    }

    @Test
    void anUploadIsForgottenAsByARestart() throws Exception {
        registry.faults().add(Fault.on(Kind.PUT_BLOB).times(1).forgetsUpload());
        assertThat(body(client.upload("a", BLOB))).contains("BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void rangeStandsStillThoughAllBytesAreKept() throws Exception {
        registry.faults().add(Fault.on(Kind.PATCH_UPLOAD).rangeStandsStill());
        String upload = location(client.send("POST", "/v2/b/blobs/uploads/"));
        client.send("PATCH", upload, Arrays.copyOf(BLOB, 4));
        var second = client.send("PATCH", upload, Arrays.copyOfRange(BLOB, 4, 10));
        assertThat(header(second, "Range")).isEqualTo("0-3");
        assertThat(client.send("PUT", upload + "?digest=" + BLOB_DIGEST).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aBlobIsRedirectedToAnotherServer() throws Exception {
        registry.faults().add(Fault.on(Kind.GET_BLOB).redirects(URI.create("http://127.0.0.1:9")));
        var answer = client.get(PATH);
        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(location(answer)).isEqualTo("http://127.0.0.1:9" + PATH);
    }

    @Test
    void aTestRunsItsOwnCodeAtTheMomentOfARequest() throws Exception {
        List<String> seen = new ArrayList<>();
        registry.faults().add(Fault.on(Kind.GET_BLOB).runs(target -> seen.add(target.repository())));
        client.get(PATH);
        assertThat(seen).containsExactly("a");
    }
}
