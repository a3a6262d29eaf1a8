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
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.RegistryException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class S3StoreTest extends StoreContract {
    private static final AccessKeys KEYS = new AccessKeys(
            "AKIDEXAMPLE", Secret.of("key-not-to-be-shown"), Optional.of(Secret.of("session-token")), Optional.empty());
    private static final int PART = 100_000;

    private final FakeS3 s3 = new FakeS3(KEYS, "eu-west-1");

    private S3Stores stores(S3Options options) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_S3", "http://" + s3.server().authority(),
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", KEYS.id(),
                "AWS_SECRET_ACCESS_KEY", KEYS.secret().reveal(),
                "AWS_SESSION_TOKEN", KEYS.session().orElseThrow().reveal()));
        return new S3Stores(
                transport,
                environment,
                () -> {
                    throw new AssertionError("the variables hold keys");
                },
                options,
                InstantSource.system());
    }

    private static S3Options options() {
        return S3Options.standard().withWhole(PART).withPart(PART);
    }

    @Override
    protected Store store() {
        return stores(options()).signedIn(Base.parse("s3://bucket/release"), Optional.empty(), "stores.yaml:2:3");
    }

    @Override
    protected Store otherStore() {
        return stores(options()).asAnyone(Base.parse("s3://bucket/staging"));
    }

    @Override
    protected LoopbackServer server() {
        return s3.server();
    }

    @Override
    protected void place(String key, byte[] content, Map<String, String> recorded) {
        s3.put("bucket/" + key, content, recorded);
    }

    @Override
    protected Optional<byte[]> content(String key) {
        return s3.object("bucket/" + key).map(FakeObject::content);
    }

    @Override
    protected Map<String, String> recorded(String key) {
        return s3.object("bucket/" + key).orElseThrow().recorded();
    }

    @Override
    protected byte[] large() {
        return SampleFile.bytes(2 * PART + 4321, 3);
    }

    @Override
    protected int openUploads() {
        return s3.openUploads();
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
        s3.close();
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
                .hasMessageNotContaining(KEYS.session().orElseThrow().reveal());
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
        assertThat(s3.server().asked())
                .allSatisfy(asked -> assertThat(asked.headers())
                        .doesNotContainKeys("authorization", "x-amz-content-sha256", "x-amz-security-token"));
    }

    @Test
    void aSmallFileIsRecordedWithAllItsSums() throws Exception {
        store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(recorded(key(NAME)))
                .containsOnly(
                        Map.entry("content-hash-md5", SampleFile.md5(CONTENT)),
                        Map.entry(
                                "content-hash-sha256",
                                SampleFile.small(CONTENT).sha256().hex()),
                        Map.entry(
                                "content-hash-sha512",
                                SampleFile.small(CONTENT).sha512().hex()));
    }

    @Test
    void aFileThatIsNotInMemoryStillTakesOneRequestUpToALimit() throws Exception {
        SampleFile file = SampleFile.large(CONTENT);

        store().write(NAME, file, Optional.empty());

        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 1L));
        assertThat(file.opened()).containsExactly(0L);
        assertThat(recorded(key(NAME))).containsOnlyKeys("content-hash-sha256");
        assertThat(s3.server().asked().getFirst().header("x-amz-content-sha256"))
                .hasValue(file.sha256().hex());
    }

    @Test
    void aLargeFileComesInPartsWithSumsAndNothingIsSeenOfThemBefore() throws Exception {
        store().write(NAME, SampleFile.large(large()), Optional.empty());

        assertThat(counts())
                .isEqualTo(
                        Map.of(Kind.POST_UPLOAD, 1L, Kind.PUT_PART, 3L, Kind.LIST_UPLOADS, 1L, Kind.FINISH_UPLOAD, 1L));
        assertThat(s3.object("bucket/" + key(NAME)).orElseThrow().parts()).isEqualTo(3);
    }

    @Test
    void aPartThatBreaksIsSentAgainAndNoOther() throws Exception {
        SampleFile file = SampleFile.large(large());
        s3.server().plan(asked -> asked.asks("partNumber").equals(Optional.of("2")), new Fault.CutRequest(50_000));

        store().write(NAME, file, Optional.empty());

        assertThat(content(key(NAME))).hasValue(large());
        assertThat(file.opened()).containsExactly(0L, (long) PART);
    }

    @Test
    void anUploadThatFailsIsGivenUp() {
        s3.server().plan(asked -> asked.asks("partNumber").equals(Optional.of("2")), new Fault.Refused(denied()));

        assertThatThrownBy(() -> store().write(NAME, SampleFile.large(large()), Optional.empty()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("write part 2 of s3://bucket/release/" + NAME)
                .hasMessageContaining("403 AccessDenied after 1 try")
                .hasMessageEndingWith("Access Denied");
        assertThat(s3.openUploads()).isZero();
        assertThat(content(key(NAME))).isEmpty();
    }

    @Test
    void anUploadThatIsInterruptedIsGivenUpToo() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        s3.server().plan(asked -> asked.asks("partNumber").isPresent(), new Fault.After(() -> {
            reached.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }));
        // The fake does one thing at a time, so what holds it up is let go once the writer is interrupted.
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                store().write(NAME, SampleFile.large(large()), Optional.empty());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reached.await();
        writer.interrupt();
        never.countDown();
        writer.join();

        assertThat(s3.openUploads()).isZero();
        assertThat(content(key(NAME))).isEmpty();
    }

    @Test
    void anEndWhoseAnswerWasLostIsFoundToHaveSucceeded() throws Exception {
        s3.server()
                .plan(
                        asked -> asked.method().equals("POST")
                                && asked.asks("uploadId").isPresent(),
                        new Fault.LostAnswer());

        store().write(NAME, SampleFile.large(large()), Optional.empty());

        assertThat(content(key(NAME))).hasValue(large());
        assertThat(s3.server().asked().stream()
                        .filter(asked -> asked.method().equals("POST")
                                && asked.asks("uploadId").isPresent()))
                .hasSize(2);
        assertThat(counts().get(Kind.HEAD_FILE)).isEqualTo(1);
    }

    @Test
    void anErrorBehindStatus200IsAnError() throws Exception {
        s3.server()
                .plan(
                        asked -> asked.method().equals("POST")
                                && asked.asks("uploadId").isPresent(),
                        new Fault.Refused(new Reply(
                                200,
                                Map.of(),
                                FakeS3.error(500, "InternalError", "We encountered an error")
                                        .body())));
        store().write(NAME, SampleFile.large(large()), Optional.empty());
        assertThat(content(key(NAME))).hasValue(large());

        s3.server()
                .plan(
                        asked -> asked.method().equals("POST")
                                && asked.asks("uploadId").isPresent(),
                        new Fault.Refused(new Reply(
                                200,
                                Map.of(),
                                FakeS3.error(200, "InvalidPart", "not found").body())));
        assertThatThrownBy(() -> store().write(new FileName("other"), SampleFile.large(large()), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith("InvalidPart: not found");
        assertThat(s3.openUploads()).isZero();
    }

    @Test
    void aStoreThatKnowsNoSumsOfPartsCanBeWrittenTo() throws Exception {
        Store store = stores(options().withPartSums(false))
                .signedIn(Base.parse("s3://bucket/release"), Optional.empty(), "stores.yaml:2:3");

        store.write(NAME, SampleFile.large(large()), Optional.empty());

        assertThat(content(key(NAME))).hasValue(large());
        assertThat(counts())
                .isEqualTo(Map.of(
                        Kind.POST_UPLOAD,
                        1L,
                        Kind.PUT_PART,
                        3L,
                        Kind.LIST_UPLOADS,
                        1L,
                        Kind.FINISH_UPLOAD,
                        1L,
                        Kind.HEAD_FILE,
                        1L));
        assertThat(S3Options.of(Map.of("AWS_REQUEST_CHECKSUM_CALCULATION", "WHEN_REQUIRED"))
                        .partSums())
                .isFalse();
    }

    @Test
    void aStoreThatSaysItHasOtherBytesIsToldToRemoveThem() {
        s3.server()
                .plan(method("PUT"), new Fault.Lie(reply -> reply.with("x-amz-checksum-sha256", "A".repeat(43) + "=")));

        assertThatThrownBy(() -> store().write(NAME, SampleFile.small(CONTENT), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it has other content than it was sent, with SHA-256 000");
        assertThat(content(key(NAME))).isEmpty();
    }

    @Test
    void anEntityTagThatIsAnotherMd5IsNoticed() {
        s3.server().plan(method("PUT"), new Fault.Lie(reply -> {
            Map<String, String> headers = new HashMap<>(reply.headers());
            headers.remove("x-amz-checksum-sha256");
            headers.put("ETag", "\"" + "0".repeat(32) + "\"");
            return new Reply(200, headers, new byte[0]);
        }));

        assertThatThrownBy(() -> store().write(NAME, SampleFile.small(CONTENT), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("MD5 " + "0".repeat(32));
    }

    @Test
    void writersAtTheSameTimeAreWaitedFor() throws Exception {
        s3.server()
                .plan(
                        method("PUT"),
                        new Fault.Refused(FakeS3.error(
                                409, "ConditionalRequestConflict", "The conditional request cannot succeed")));

        store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(content(key(NAME))).hasValue(CONTENT);
    }

    @Test
    void tagsOfWhatCameInPartsAreNoSumsSoThoseFilesAreAskedForCloser() throws Exception {
        List<FileName> names = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            FileName name = new FileName("f" + i);
            names.add(name);
            place(key(name), CONTENT, Map.of());
        }
        Map<String, String> recorded =
                Map.of("Content-Hash-SHA256", SampleFile.small(OTHER).sha256().hex());
        s3.putInParts("bucket/release/f7", OTHER, recorded);

        Map<FileName, StoredFile> found = store().look(names);

        assertThat(counts()).isEqualTo(Map.of(Kind.LIST_FILES, 1L, Kind.HEAD_FILE, 1L));
        assertThat(Objects.requireNonNull(found.get(names.get(7))).sha256())
                .contains(SampleFile.small(OTHER).sha256());
        assertThat(Objects.requireNonNull(found.get(names.get(7))).sums().md5()).isEmpty();
        assertThat(Objects.requireNonNull(found.get(names.get(8))).sums().md5()).contains(SampleFile.md5(CONTENT));
    }

    @Test
    void tagsOfWhatLiesEncryptedAreNoSums() throws Exception {
        place(key(NAME), CONTENT, Map.of());
        s3.server().plan(asked -> true, new Fault.Lie(reply -> reply.with("x-amz-server-side-encryption", "aws:kms")));

        assertThat(seen(NAME).sums().md5()).isEmpty();
        assertThat(seen(NAME).sums().md5()).isPresent();
    }

    @Test
    void whatTheStoreWorkedOutCountsForMoreThanWhatSomebodyRecorded() throws Exception {
        place(key(NAME), CONTENT, Map.of("content-hash-sha256", "0".repeat(64)));
        String real = Base64.getEncoder()
                .encodeToString(SampleFile.small(CONTENT).sha256().bytes());
        s3.server().plan(asked -> true, new Fault.Lie(reply -> reply.with("x-amz-checksum-sha256", real)));

        assertThat(seen(NAME).sha256()).contains(SampleFile.small(CONTENT).sha256());
    }

    @Test
    void theRegionIsFoundOnceWhereNoneIsSet() throws Exception {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL", "http://" + s3.server().authority(),
                "AWS_ACCESS_KEY_ID", KEYS.id(),
                "AWS_SECRET_ACCESS_KEY", KEYS.secret().reveal());
        Store store = new S3Stores(
                        transport,
                        environment,
                        () -> {
                            throw new AssertionError();
                        },
                        options(),
                        InstantSource.system())
                .signedIn(Base.parse("s3://bucket/release"), Optional.empty(), "stores.yaml:2:3");

        store.write(NAME, SampleFile.small(CONTENT), Optional.empty());
        store.write(new FileName("b"), SampleFile.small(CONTENT), Optional.empty());

        assertThat(counts()).isEqualTo(Map.of(Kind.HEAD_BUCKET, 1L, Kind.PUT_FILE, 2L));
        assertThat(s3.server().asked().getFirst().headers()).doesNotContainKey("authorization");
        assertThat(s3.server().asked().getLast().header("authorization").orElseThrow())
                .contains("/eu-west-1/s3/aws4_request");
    }
}
