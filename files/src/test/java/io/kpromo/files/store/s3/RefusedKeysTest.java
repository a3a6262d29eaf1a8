// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.access.AccessToken;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.access.Passing;
import io.kpromo.files.store.access.ProfileKeys;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Keys for a time may be refused before it is over; and whatever is refused, the reason is asked for once.
@Timeout(60)
class RefusedKeysTest {
    private static final FileName NAME = new FileName("linux/amd64/kubectl");
    private static final int PART = 100_000;
    private static final AccessKeys AGED = keys("AKIDAGED");
    private static final AccessKeys GOOD = keys("AKIDGOOD");

    private final HttpTransport transport = HttpTransport.open(TransportOptions.standard());
    private final FakeS3 s3 = new FakeS3(GOOD, "us-east-1").withPrivateReads();
    private final List<Passing> forgotten = Collections.synchronizedList(new ArrayList<>());
    private final List<AccessKeys> given = new ArrayList<>(List.of(AGED, GOOD));

    private static AccessKeys keys(String id) {
        return new AccessKeys(
                id,
                Secret.of("secret-of-" + id),
                Optional.of(Secret.of("session-of-" + id)),
                Optional.of(Instant.now().plusSeconds(3600)));
    }

    private final CloudAccess access = new CloudAccess() {
        @Override
        public AccessToken google(String account) {
            throw new AssertionError("Google is not asked");
        }

        @Override
        public AccessKeys amazon(String region) {
            return given.removeFirst();
        }

        @Override
        public ProfileKeys profile(String name) {
            throw new AssertionError("no profile was named");
        }

        @Override
        public void forget(Passing refused) {
            forgotten.add(refused);
        }
    };

    private Store store() {
        Map<String, String> environment =
                Map.of("AWS_ENDPOINT_URL", "http://" + s3.server().authority(), "AWS_REGION", "us-east-1");
        S3Options options = S3Options.standard().withWhole(PART).withPart(PART);
        return new S3Stores(transport, environment, () -> access, options, InstantSource.system())
                .signedIn(Base.parse("s3://bucket/release"), Optional.empty(), "stores.yaml:2:3");
    }

    private Map<Kind, Long> counts() {
        return transport.counts().requests(s3.server().host());
    }

    @AfterEach
    void close() {
        transport.close();
        s3.close();
    }

    @Test
    void newKeysAreAskedForAndTheRequestIsSentOnceMore() throws Exception {
        store().write(NAME, SampleFile.small("content"), Optional.empty());

        assertThat(s3.object("bucket/release/" + NAME)).isPresent();
        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 2L));
        assertThat(forgotten).containsExactly(AGED);
    }

    @Test
    void aLargeFileIsWrittenThoughItsKeysEndBetweenItsParts() throws Exception {
        byte[] content = SampleFile.bytes(3 * PART, 7);
        given.set(0, GOOD);
        AccessKeys other = new AccessKeys(GOOD.id(), GOOD.secret(), GOOD.session(), Optional.of(Instant.MAX));
        given.set(1, other);
        s3.server()
                .plan(
                        asked -> asked.says("partNumber").equals("2"),
                        new Fault.Refused(FakeS3.error(400, "ExpiredToken", "The provided token has expired.")));

        store().write(NAME, SampleFile.large(content), Optional.empty());

        assertThat(s3.object("bucket/release/" + NAME).map(FakeObject::content)).hasValue(content);
        assertThat(counts().get(Kind.PUT_PART)).isEqualTo(4);
        assertThat(forgotten).containsExactly(GOOD);
    }

    @Test
    void manyLooksThatAreRefusedTogetherAskForNewKeysOnce() throws Exception {
        int many = 12;
        CountDownLatch together = new CountDownLatch(many);
        Store store = store();
        try (Crew crew = new Crew("looks")) {
            for (int i = 0; i < many; i++) {
                s3.put("bucket/release/" + i, SampleFile.bytes(10, i), Map.of());
                FileName name = new FileName("" + i);
                crew.start(() -> {
                    together.countDown();
                    together.await();
                    assertThat(store.inspect(name)).isPresent();
                });
            }
            crew.join();
        }

        assertThat(forgotten).containsExactly(AGED);
        // At most a look with each pair of keys, and the reason: with the old ones and with the new.
        assertThat(counts().get(Kind.HEAD_FILE)).isBetween(many + 3L, 2L * many + 2);
    }

    @Test
    void whenTheNewerKeysAreRefusedTooThatIsSaid() {
        AccessKeys worse = keys("AKIDWORSE");
        given.set(1, worse);

        assertThatThrownBy(() -> store().write(NAME, SampleFile.small("content"), Optional.empty()))
                .isInstanceOf(OciException.class)
                .hasMessageStartingWith("write s3://bucket/release/" + NAME + ": 403 InvalidAccessKeyId")
                .hasMessageEndingWith("; refused, too, with keys that were asked for anew")
                .hasMessageNotContaining("secret-of-");
        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 2L));
    }

    @Test
    void keysThatMayNotDoItAreGoodKeys() {
        given.set(0, GOOD);
        s3.server().plan(asked -> true, new Fault.Refused(FakeS3.error(403, "AccessDenied", "Access Denied")));

        assertThatThrownBy(() -> store().write(NAME, SampleFile.small("content"), Optional.empty()))
                .hasMessageContaining("403 AccessDenied");
        assertThat(forgotten).isEmpty();
        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 1L));
    }

    @Test
    void theReasonOfARefusalIsAskedForOnceForAllFiles() throws Exception {
        given.set(0, GOOD);
        int many = 40;
        for (int i = 0; i < many + 1; i++) {
            s3.server().plan(asked -> true, new Fault.Refused(FakeS3.error(403, "AccessDenied", "Not to be read")));
        }
        Store store = store();
        List<String> said = new ArrayList<>();
        try (Crew crew = new Crew("looks")) {
            for (int i = 0; i < many; i++) {
                FileName name = new FileName("f" + i);
                crew.start(() -> {
                    assertThatThrownBy(() -> store.inspect(name)).satisfies(refusal -> {
                        synchronized (said) {
                            said.add(String.valueOf(refusal.getMessage()));
                        }
                    });
                });
            }
            crew.join();
        }

        assertThat(counts()).isEqualTo(Map.of(Kind.HEAD_FILE, many + 1L));
        assertThat(said).hasSize(many).allMatch(text -> text.matches("look up s3://bucket/release/f\\d+: 403.*"));
        assertThat(said.stream().filter(text -> text.contains("403 AccessDenied after 1 try (GET ")))
                .hasSize(1);
        assertThat(said.stream()
                        .filter(text ->
                                text.matches(".*; of s3://bucket/release/f\\d+ it says AccessDenied: Not to be read")))
                .hasSize(many - 1);
    }
}
