// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.access.AccessToken;
import io.kpromo.files.store.access.Remembered;
import io.kpromo.files.store.access.TokenSignIn;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.TransportOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A token may be refused before its time: it was revoked, or the clock is wrong.
@Timeout(60)
class RefusedTokenTest {
    private static final FileName NAME = new FileName("linux/amd64/kubectl");
    private static final byte[] CONTENT = SampleFile.bytes(1000, 1);

    private final HttpTransport transport = HttpTransport.open(TransportOptions.standard());
    private final FakeGcs gcs = new FakeGcs();
    private final AtomicInteger given = new AtomicInteger();
    private final Remembered<AccessToken> token = new Remembered<>(
            refused -> new AccessToken(
                    Secret.of("token-" + given.incrementAndGet()), Instant.now().plusSeconds(3600)),
            InstantSource.system());

    private Store store() {
        Base base = Base.parse("gs://bucket/release");
        GcsPlace place = new GcsPlace(gcs.server().host(), "", false);
        GcsClient client = new GcsClient(transport, place, base, new TokenSignIn(token));
        return new GcsStore(base, client, new GcsWriter(client, failures -> {}));
    }

    @AfterEach
    void close() {
        transport.close();
        gcs.close();
    }

    private static boolean shows(Asked asked, String token) {
        return asked.value("authorization").equals("Bearer " + token);
    }

    /// @param times how many requests
    private void refusing(String token, int times) {
        for (int i = 0; i < times; i++) {
            gcs.server()
                    .plan(asked -> shows(asked, token), new Fault.Refused(FakeGcs.error(401, "Invalid Credentials")));
        }
    }

    private List<String> shown() {
        return gcs.server().asked().stream()
                .map(asked -> asked.value("authorization").replace("Bearer ", ""))
                .toList();
    }

    @Test
    void anotherIsAskedForAndTheRequestSentOnceMore() throws Exception {
        gcs.put("bucket/release/" + NAME, CONTENT, Map.of());
        refusing("token-1", 1);

        assertThat(store().inspect(NAME)).isPresent();

        assertThat(shown()).containsExactly("token-1", "token-2");
        assertThat(given).hasValue(2);
    }

    @Test
    void aLargeFileIsWrittenThoughTheTokenEndsBetweenItsRequests() throws Exception {
        byte[] content = SampleFile.bytes(3 * FakeGcs.KEPT, 5);
        gcs.server()
                .plan(
                        asked -> asked.asks("upload_id").isPresent() && shows(asked, "token-1"),
                        new Fault.Refused(FakeGcs.error(401, "Invalid Credentials")));

        store().write(NAME, SampleFile.large(content), Optional.empty());

        assertThat(gcs.object("bucket/release/" + NAME).map(FakeObject::content))
                .hasValue(content);
        assertThat(shown()).containsExactly("token-1", "token-1", "token-2");
    }

    @Test
    void whenTheNewerOneIsRefusedTooThatIsSaidAndNoThirdIsAskedFor() {
        refusing("token-1", 1);
        refusing("token-2", 2);

        assertThatThrownBy(() -> store().inspect(NAME))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("look up gs://bucket/release/" + NAME + ": 401 ")
                .hasMessageEndingWith("Invalid Credentials; refused, too, with a token that was asked for anew")
                .hasMessageNotContaining("token-2");
        assertThatThrownBy(() -> store().inspect(NAME)).hasMessageEndingWith("Invalid Credentials");

        assertThat(shown()).containsExactly("token-1", "token-2", "token-2");
        assertThat(given).hasValue(2);
    }

    @Test
    void manyThatAreRefusedTogetherAskOnce() throws Exception {
        int many = 12;
        CountDownLatch together = new CountDownLatch(many);
        for (int i = 0; i < many; i++) {
            gcs.put("bucket/release/" + i, CONTENT, Map.of());
        }
        refusing("token-1", many);
        Store store = store();
        try (Crew crew = new Crew("looks")) {
            for (int i = 0; i < many; i++) {
                FileName name = new FileName("" + i);
                crew.start(() -> {
                    together.countDown();
                    together.await();
                    assertThat(store.inspect(name)).isPresent();
                });
            }
            crew.join();
        }

        assertThat(given).hasValue(2);
        assertThat(shown()).hasSizeBetween(many + 1, 2 * many);
    }

    @Test
    void whoIsRedirectedToAndRefusesIsShownNoTokenAtAll() {
        try (LoopbackServer other = new LoopbackServer(asked -> Reply.of(401))) {
            Reply elsewhere = Reply.of(307).with("Location", "http://" + other.authority() + "/elsewhere");
            gcs.server().plan(asked -> true, new Fault.Refused(elsewhere));

            assertThatThrownBy(() -> store().inspect(NAME)).hasMessageContaining("401");

            assertThat(other.asked())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.headers()).doesNotContainKey("authorization"));
            assertThat(given).hasValue(1);
        }
    }
}
