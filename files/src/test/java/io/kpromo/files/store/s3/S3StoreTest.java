// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreContract;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class S3StoreTest extends StoreContract {
    private final OneBucket bucket = new OneBucket(transport);

    @Override
    protected Store store() {
        return bucket.store();
    }

    @Override
    protected Store otherStore() {
        return bucket.otherStore();
    }

    @Override
    protected LoopbackServer server() {
        return bucket.server();
    }

    @Override
    protected void place(String key, byte[] content, Map<String, String> recorded) {
        bucket.s3().put("bucket/" + key, content, recorded);
    }

    @Override
    protected Optional<byte[]> content(String key) {
        return bucket.s3().object("bucket/" + key).map(FakeObject::content);
    }

    @Override
    protected Map<String, String> recorded(String key) {
        return bucket.recorded(key);
    }

    @Override
    protected byte[] large() {
        return OneBucket.large();
    }

    @Override
    protected int openUploads() {
        return bucket.s3().openUploads();
    }

    @Override
    protected Reply denied() {
        return FakeS3.error(403, "AccessDenied", "Access Denied");
    }

    @Override
    protected String saidWhenDenied() {
        return "403 AccessDenied after 1 try (GET ";
    }

    /// An answer to `HEAD` says nothing.
    @Override
    protected long looksWhenDenied() {
        return 2;
    }

    @AfterEach
    void closeServer() {
        bucket.close();
    }

    @Test
    void aTokenThatHasExpiredIsToldOf() {
        Reply expired = FakeS3.error(400, "ExpiredToken", "The provided token has expired.");
        server().plan(asked -> true, new Fault.Refused(expired));
        server().plan(asked -> true, new Fault.Refused(expired));
        assertThatThrownBy(() -> store().inspect(NAME))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("400 ExpiredToken")
                .hasMessageEndingWith("The provided token has expired.")
                .hasMessageNotContaining(OneBucket.KEYS.session().orElseThrow().reveal());
    }

    @Test
    void aSourceThatNotEverybodyMayReadIsToldWhatToDo() {
        for (int i = 0; i < 3; i++) {
            server().plan(asked -> true, new Fault.Refused(denied()));
        }
        String advice = "it was asked without keys: let everybody read a source";
        assertThatThrownBy(() -> otherStore().inspect(NAME))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("look up s3://bucket/staging/" + NAME + ": 403 AccessDenied")
                .hasMessageContaining(advice);
        List<FileName> many =
                IntStream.range(0, 30).mapToObj(i -> new FileName("f" + i)).toList();
        assertThatThrownBy(() -> otherStore().look(many))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(advice);
    }

    @Test
    void sourcesAreReadWithoutSignatures() throws Exception {
        place("staging/" + NAME, CONTENT, Map.of());

        StoredFile seen = otherStore().inspect(NAME).orElseThrow();
        otherStore().look(new ArrayList<>(List.of(NAME)));

        assertThat(seen.sha256()).isEmpty();
        assertThat(bucket.server().asked())
                .allSatisfy(asked -> assertThat(asked.headers())
                        .doesNotContainKeys("authorization", "x-amz-content-sha256", "x-amz-security-token"));
    }

    @Test
    void writersAtTheSameTimeAreWaitedFor() throws Exception {
        bucket.server()
                .plan(
                        method("PUT"),
                        new Fault.Refused(FakeS3.error(
                                409, "ConditionalRequestConflict", "The conditional request cannot succeed")));

        store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(content(key(NAME))).hasValue(CONTENT);
    }

    @Test
    void theRegionIsFoundOnceWhereNoneIsSet() throws Exception {
        Map<String, String> unset = Map.of("AWS_REGION", "", "AWS_SESSION_TOKEN", "");
        Store store = bucket.stores(OneBucket.options(), unset)
                .signedIn(Base.parse("s3://bucket/release"), Optional.empty(), "stores.yaml:2:3");

        store.write(NAME, SampleFile.small(CONTENT), Optional.empty());
        store.write(new FileName("b"), SampleFile.small(CONTENT), Optional.empty());

        assertThat(counts()).isEqualTo(Map.of(Kind.HEAD_BUCKET, 1L, Kind.PUT_FILE, 2L));
        assertThat(bucket.server().asked().getFirst().headers()).doesNotContainKey("authorization");
        assertThat(bucket.server().asked().getLast().header("authorization").orElseThrow())
                .contains("/eu-west-1/s3/aws4_request");
    }
}
