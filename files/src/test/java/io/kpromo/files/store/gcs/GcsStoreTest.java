// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreContract;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.http.Kind;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class GcsStoreTest extends StoreContract {
    private final FakeGcs gcs = new FakeGcs();

    private Store store(String base) {
        return new GcsStores(
                        transport,
                        Map.of("STORAGE_EMULATOR_HOST", gcs.server().authority()),
                        () -> {
                            throw new AssertionError("an emulator is shown nothing");
                        },
                        InstantSource.system())
                .as("somebody@example.com", Base.parse(base));
    }

    @Override
    protected Store store() {
        return store("gs://bucket/release");
    }

    @Override
    protected Store otherStore() {
        return store("gs://bucket/staging");
    }

    @Override
    protected LoopbackServer server() {
        return gcs.server();
    }

    @Override
    protected void place(String key, byte[] content, Map<String, String> recorded) {
        gcs.put("bucket/" + key, content, recorded);
    }

    @Override
    protected Optional<byte[]> content(String key) {
        return gcs.object("bucket/" + key).map(FakeObject::content);
    }

    @Override
    protected Map<String, String> recorded(String key) {
        return gcs.object("bucket/" + key).orElseThrow().recorded();
    }

    @Override
    protected byte[] large() {
        return SampleFile.bytes(5 * FakeGcs.KEPT + 4321, 3);
    }

    @Override
    protected int openUploads() {
        return gcs.openUploads();
    }

    @Override
    protected Reply denied() {
        return FakeGcs.error(403, "somebody does not have storage.objects.create access");
    }

    @Override
    protected String saidWhenDenied() {
        return "somebody does not have storage.objects.create access";
    }

    @Override
    protected long looksWhenDenied() {
        return 1;
    }

    @AfterEach
    void closeServer() {
        gcs.close();
    }

    private static boolean isBytes(Asked asked) {
        return asked.asks("upload_id").isPresent()
                && !asked.headers().getOrDefault("content-range", "").startsWith("bytes */");
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private List<String> ranges() {
        return gcs.server().asked().stream()
                .flatMap(asked -> asked.header("content-range").stream())
                .toList();
    }

    @Test
    void aListingTellsWhatWasRecordedToo() throws Exception {
        Map<String, String> recorded =
                Map.of("Content-Hash-SHA256", SampleFile.small(CONTENT).sha256().hex());
        place(key(NAME), CONTENT, recorded);
        List<FileName> names = new ArrayList<>(List.of(NAME));
        for (int i = 0; i < 20; i++) {
            names.add(new FileName("linux/amd64/" + i));
        }

        assertThat(Objects.requireNonNull(store().look(names).get(NAME)).sha256())
                .contains(SampleFile.small(CONTENT).sha256());
        assertThat(counts()).isEqualTo(Map.of(Kind.LIST_FILES, 1L));
    }

    @Test
    void aLargeFileTakesTwoRequests() throws Exception {
        SampleFile file = SampleFile.large(large());

        store().write(NAME, file, Optional.empty());

        assertThat(counts()).isEqualTo(Map.of(Kind.POST_UPLOAD, 1L, Kind.PATCH_UPLOAD, 1L));
        assertThat(file.opened()).containsExactly(0L);
    }

    @Test
    void anUploadThatBreaksGoesOnBehindWhatTheStoreKept() throws Exception {
        SampleFile file = SampleFile.large(large());
        gcs.server().plan(GcsStoreTest::isBytes, new Fault.CutRequest(2 * FakeGcs.KEPT + 1000));
        gcs.server().plan(GcsStoreTest::isBytes, new Fault.CutRequest(FakeGcs.KEPT + 5));

        store().write(NAME, file, Optional.empty());

        assertThat(content(key(NAME))).hasValue(large());
        assertThat(file.opened()).containsExactly(0L, 2L * FakeGcs.KEPT, 3L * FakeGcs.KEPT);
        int size = large().length;
        assertThat(ranges())
                .containsExactly(
                        "bytes 0-" + (size - 1) + "/" + size,
                        "bytes */" + size,
                        "bytes " + 2 * FakeGcs.KEPT + "-" + (size - 1) + "/" + size,
                        "bytes */" + size,
                        "bytes " + 3 * FakeGcs.KEPT + "-" + (size - 1) + "/" + size);
    }

    @Test
    void anUploadOfWhichNothingWasKeptBeginsAnew() throws Exception {
        gcs.server().plan(GcsStoreTest::isBytes, new Fault.LostRequest());
        gcs.server().plan(GcsStoreTest::isBytes, Fault.status(503));

        store().write(NAME, SampleFile.large(large()), Optional.empty());

        assertThat(content(key(NAME))).hasValue(large());
    }

    @Test
    void anUploadWhoseLastAnswerWasLostIsDone() throws Exception {
        gcs.server().plan(GcsStoreTest::isBytes, new Fault.LostAnswer());

        store().write(NAME, SampleFile.large(large()), Optional.empty());

        assertThat(content(key(NAME))).hasValue(large());
        assertThat(counts()).isEqualTo(Map.of(Kind.POST_UPLOAD, 1L, Kind.PATCH_UPLOAD, 1L, Kind.UPLOAD_STATUS, 1L));
    }

    @Test
    void anUploadThatTheStoreForgotIsBegunAnew() throws Exception {
        gcs.server().plan(GcsStoreTest::isBytes, new Fault.After(gcs::forgetUploads));

        store().write(NAME, SampleFile.large(large()), Optional.empty());

        assertThat(content(key(NAME))).hasValue(large());
        assertThat(counts().get(Kind.POST_UPLOAD)).isEqualTo(2);
    }

    @Test
    void aStoreThatTakesNothingIsGivenUp() {
        for (int i = 0; i < 5; i++) {
            gcs.server().plan(GcsStoreTest::isBytes, new Fault.Refused(Reply.of(308)));
        }

        assertThatThrownBy(() -> store().write(NAME, SampleFile.large(large()), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the store takes no more than 0 bytes");
        assertThat(gcs.openUploads()).isZero();
    }

    @Test
    void aStoreThatKeepsMoreThanItWasSentIsNotBelieved() {
        gcs.server().plan(GcsStoreTest::isBytes, new Fault.CutRequest(1000));
        gcs.server()
                .plan(
                        asked -> asked.asks("upload_id").isPresent(),
                        new Fault.Lie(reply -> reply.with("Range", "bytes=0-" + (large().length - 2))));

        assertThatThrownBy(() -> store().write(NAME, SampleFile.large(large()), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the store keeps");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoreThatSaysItHasOtherBytesIsToldToRemoveThem(boolean small) {
        gcs.server()
                .plan(
                        asked -> small ? isWrite(asked) : isBytes(asked),
                        new Fault.Lie(reply -> reply.with(text(reply)
                                .replaceAll("\"crc32c\":\"[^\"]*", "\"crc32c\":\"AAAAAA==")
                                .getBytes(StandardCharsets.UTF_8))));
        byte[] content = large();

        assertThatThrownBy(() -> store().write(
                                NAME, small ? SampleFile.small(content) : SampleFile.large(content), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("CRC32C AAAAAA== rather than");
        assertThat(content(key(NAME))).isEmpty();
    }

    @Test
    void aStoreThatKeptOnlyAPartIsToldToRemoveIt() {
        gcs.server()
                .plan(
                        GcsStoreTest::isBytes,
                        new Fault.Lie(reply -> reply.with(text(reply)
                                .replaceAll("\"size\":\"[^\"]*", "\"size\":\"77")
                                .getBytes(StandardCharsets.UTF_8))));

        assertThatThrownBy(() -> store().write(NAME, SampleFile.large(large()), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("77 bytes rather than " + large().length);
        assertThat(content(key(NAME))).isEmpty();
    }

    @Test
    void whatWasStoredPackedIsReadAsItIsStored() throws Exception {
        place(key(NAME), CONTENT, Map.of());

        read(NAME, seen(NAME));

        assertThat(gcs.server().asked().getLast().header("accept-encoding")).hasValue("gzip");
    }

    @Test
    void aCopyMayTakeSeveralRequests() throws Exception {
        gcs.rewritingIn(3);
        place("staging/" + NAME, CONTENT, Map.of());
        StoredFile seen = otherStore().inspect(NAME).orElseThrow();

        assertThat(store().copy(
                                otherStore(),
                                NAME,
                                seen,
                                SampleFile.small(CONTENT).sha256(),
                                Optional.empty()))
                .isTrue();

        assertThat(content(key(NAME))).hasValue(CONTENT);
        assertThat(counts().get(Kind.COPY_FILE)).isEqualTo(3);
    }

    @Test
    void aCopyThatComesToNoEndIsGivenUp() throws Exception {
        gcs.rewritingIn(Integer.MAX_VALUE);
        place("staging/" + NAME, CONTENT, Map.of());
        StoredFile seen = otherStore().inspect(NAME).orElseThrow();
        assertThatThrownBy(() -> store().copy(
                                otherStore(),
                                NAME,
                                seen,
                                SampleFile.small(CONTENT).sha256(),
                                Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("comes to no end");
        assertThat(content(key(NAME))).isEmpty();
    }

    @Test
    void noOtherCloudIsCopiedFrom() throws Exception {
        place("staging/" + NAME, CONTENT, Map.of());
        StoredFile seen = otherStore().inspect(NAME).orElseThrow();
        Store google = new GcsStores(
                        transport,
                        Map.of(),
                        () -> {
                            throw new AssertionError("nobody is asked");
                        },
                        InstantSource.system())
                .asAnyone(Base.parse("gs://bucket/staging"));

        assertThat(store().copy(google, NAME, seen, SampleFile.small(CONTENT).sha256(), Optional.empty()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "http://user:secret@h", "http://", "a b"})
    void anEmulatorThatHasNoAddressIsSaid(String value) {
        assertThatThrownBy(() -> GcsPlace.server(Map.of("STORAGE_EMULATOR_HOST", value)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("STORAGE_EMULATOR_HOST has to be")
                .hasMessageNotContaining("secret");
    }
}
