// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.Digest;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Copies within a cloud: what is there in the end is proven to be right, or nothing is there.
class S3CopyTest {
    private static final FileName NAME = new FileName("linux/amd64/kubectl");
    private static final byte[] CONTENT = SampleFile.bytes(100_000, 1);
    private static final byte[] OTHER = SampleFile.bytes(100_000, 2);
    private static final int PART = 100_000;
    private static final byte[] LARGE = SampleFile.bytes(2 * PART + 4321, 3);
    private static final AccessKeys KEYS =
            new AccessKeys("AKIDEXAMPLE", Secret.of("key"), Optional.empty(), Optional.empty());

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(3));
    private final FakeS3 s3 = new FakeS3(KEYS, "us-east-1");

    @AfterEach
    void close() {
        transport.close();
        s3.close();
    }

    /// More than a part is copied in parts here.
    private Store store(String base) {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL",
                "http://" + s3.server().authority(),
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                KEYS.id(),
                "AWS_SECRET_ACCESS_KEY",
                KEYS.secret().reveal());
        return new S3Stores(
                        transport,
                        environment,
                        () -> {
                            throw new AssertionError("the variables hold keys");
                        },
                        S3Options.standard().withWhole(PART).withPart(PART).withCopied(PART),
                        InstantSource.system())
                .signedIn(Base.parse(base), Optional.empty(), "stores.yaml:2:3");
    }

    private Store store() {
        return store("s3://bucket/release");
    }

    private Store otherStore() {
        return store("s3://bucket/staging");
    }

    private void place(String key, byte[] content, Map<String, String> recorded) {
        s3.put("bucket/" + key, content, recorded);
    }

    private Optional<byte[]> content(String key) {
        return s3.object("bucket/" + key).map(FakeObject::content);
    }

    private static String key(FileName name) {
        return "release/" + name;
    }

    private boolean copied(StoredFile seen, byte[] content) throws InterruptedException {
        return store().copy(otherStore(), NAME, seen, Digest.sha256(content), Optional.empty());
    }

    /// As an earlier run wrote it: in parts.
    private StoredFile written() throws InterruptedException {
        otherStore().write(NAME, SampleFile.large(LARGE), Optional.empty());
        return otherStore().inspect(NAME).orElseThrow();
    }

    @Test
    void aLargeFileIsCopiedPartByPartAndItsBytesPassThroughNobody() throws Exception {
        StoredFile seen = written();
        long before = transport.counts().total().sent();

        assertThat(copied(seen, LARGE)).isTrue();

        assertThat(content(key(NAME))).hasValue(LARGE);
        assertThat(s3.object("bucket/" + key(NAME)).orElseThrow())
                .satisfies(copy -> assertThat(copy.etag()).isEqualTo(seen.version()))
                .satisfies(copy -> assertThat(copy.recorded())
                        .containsEntry(
                                "content-hash-sha256", Digest.sha256(LARGE).hex()));
        assertThat(transport.counts().requests(s3.server().host()))
                .containsEntry(Kind.COPY_FILE, 3L)
                .doesNotContainKey(Kind.GET_FILE);
        assertThat(transport.counts().total().sent() - before).isLessThan(PART);
        assertThat(s3.openUploads()).isZero();
    }

    @Test
    void whatCameInOtherPartsIsNotCopiedForNothingWouldProveIt() throws Exception {
        s3.putInParts("bucket/staging/" + NAME, LARGE, Map.of());

        assertThat(copied(otherStore().inspect(NAME).orElseThrow(), LARGE)).isFalse();

        assertThat(transport.counts().requests(s3.server().host())).doesNotContainKey(Kind.POST_UPLOAD);
    }

    @Test
    void partsThatTurnOutToBeOtherBytesAreNeverPutTogether() throws Exception {
        StoredFile seen = written();
        byte[] changed = LARGE.clone();
        changed[PART + 1]++;
        // As a store would that copies wrong bytes of the right object.
        s3.replaceContent("bucket/staging/" + NAME, changed);

        assertThat(copied(seen, LARGE)).isFalse();

        assertThat(content(key(NAME))).isEmpty();
        assertThat(s3.openUploads()).isZero();
    }

    @Test
    void aStoreThatPutsNoCopiesTogetherIsLeftToTheBytes() throws Exception {
        StoredFile seen = written();
        s3.server()
                .plan(
                        asked -> asked.method().equals("POST")
                                && asked.asks("uploadId").isPresent(),
                        new Fault.Refused(FakeS3.error(400, "InvalidPart", "One or more of the parts ...")));

        assertThat(copied(seen, LARGE)).isFalse();

        assertThat(content(key(NAME))).isEmpty();
        assertThat(s3.openUploads()).isZero();
    }

    @Test
    void aPartThatIsLostOnTheWayIsCopiedAgain() throws Exception {
        StoredFile seen = written();
        s3.server().plan(asked -> asked.header("x-amz-copy-source").isPresent(), new Fault.LostAnswer());
        s3.server().plan(asked -> asked.header("x-amz-copy-source").isPresent(), Fault.status(503));

        assertThat(copied(seen, LARGE)).isTrue();

        assertThat(content(key(NAME))).hasValue(LARGE);
    }

    @Test
    void aLargeFileThatChangedIsNotCopied() throws Exception {
        StoredFile seen = written();
        place("staging/" + NAME, OTHER, Map.of());

        assertThat(copied(seen, LARGE)).isFalse();

        assertThat(content(key(NAME))).isEmpty();
        assertThat(s3.openUploads()).isZero();
    }

    @Test
    void aCopyInPartsDoesNotReplaceWhatIsThere() throws Exception {
        StoredFile seen = written();
        place(key(NAME), OTHER, Map.of());

        assertThatThrownBy(() -> copied(seen, LARGE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("somebody else wrote something else");

        assertThat(content(key(NAME))).hasValue(OTHER);
        assertThat(s3.openUploads()).isZero();
    }

    @Test
    void aCopyOfWhatChangedIsNotMade() throws Exception {
        place("staging/" + NAME, CONTENT, Map.of());
        StoredFile seen = otherStore().inspect(NAME).orElseThrow();
        place("staging/" + NAME, OTHER, Map.of());

        assertThat(store().copy(otherStore(), NAME, seen, Digest.sha256(CONTENT), Optional.empty()))
                .isFalse();
        assertThat(content(key(NAME))).isEmpty();
    }

    @Test
    void aCopyThatTurnsOutToBeOtherBytesIsRemoved() throws Exception {
        place("staging/" + NAME, OTHER, Map.of());
        StoredFile seen = otherStore().inspect(NAME).orElseThrow();

        assertThatThrownBy(() -> store().copy(otherStore(), NAME, seen, Digest.sha256(CONTENT), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("other content");
        assertThat(content(key(NAME))).isEmpty();
    }
}
