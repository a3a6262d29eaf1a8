// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static io.kpromo.files.store.s3.OneBucket.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Which sums are recorded beside a file, and which of those of a store are believed.
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class S3SumsTest {
    private static final byte[] CONTENT = SampleFile.bytes(100_000, 1);
    private static final byte[] OTHER = SampleFile.bytes(100_000, 2);

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(3));
    private final OneBucket bucket = new OneBucket(transport);

    @AfterEach
    void close() {
        transport.close();
        bucket.close();
    }

    @Test
    void aSmallFileIsRecordedWithAllItsSums() throws Exception {
        bucket.store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(bucket.recorded("release/" + NAME))
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

        bucket.store().write(NAME, file, Optional.empty());

        assertThat(bucket.counts()).isEqualTo(Map.of(Kind.PUT_FILE, 1L));
        assertThat(file.opened()).containsExactly(0L);
        assertThat(bucket.recorded("release/" + NAME)).containsOnlyKeys("content-hash-sha256");
        assertThat(bucket.server().asked().getFirst().header("x-amz-content-sha256"))
                .hasValue(file.sha256().hex());
    }

    @Test
    void aStoreThatSaysItHasOtherBytesIsToldToRemoveThem() {
        bucket.server()
                .plan(
                        asked -> asked.method().equals("PUT"),
                        new Fault.Lie(reply -> reply.with("x-amz-checksum-sha256", "A".repeat(43) + "=")));

        assertThatThrownBy(() -> bucket.store().write(NAME, SampleFile.small(CONTENT), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it has other content than it was sent, with SHA-256 000");
        assertThat(bucket.content(NAME)).isEmpty();
    }

    @Test
    void anEntityTagThatIsAnotherMd5IsNoticed() {
        bucket.server().plan(asked -> asked.method().equals("PUT"), new Fault.Lie(reply -> {
            Map<String, String> headers = new HashMap<>(reply.headers());
            headers.remove("x-amz-checksum-sha256");
            headers.put("ETag", "\"" + "0".repeat(32) + "\"");
            return new Reply(200, headers, new byte[0]);
        }));

        assertThatThrownBy(() -> bucket.store().write(NAME, SampleFile.small(CONTENT), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("MD5 " + "0".repeat(32));
    }

    @Test
    void tagsOfWhatCameInPartsAreNoSumsSoThoseFilesAreAskedForCloser() throws Exception {
        List<FileName> names = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            FileName name = new FileName("f" + i);
            names.add(name);
            bucket.place(name, CONTENT, Map.of());
        }
        Map<String, String> recorded =
                Map.of("Content-Hash-SHA256", SampleFile.small(OTHER).sha256().hex());
        bucket.s3().putInParts("bucket/release/f7", OTHER, recorded);

        Map<FileName, StoredFile> found = bucket.store().look(names);

        assertThat(bucket.counts()).isEqualTo(Map.of(Kind.LIST_FILES, 1L, Kind.HEAD_FILE, 1L));
        assertThat(Objects.requireNonNull(found.get(names.get(7))).sha256())
                .contains(SampleFile.small(OTHER).sha256());
        assertThat(Objects.requireNonNull(found.get(names.get(7))).sums().md5()).isEmpty();
        assertThat(Objects.requireNonNull(found.get(names.get(8))).sums().md5()).contains(SampleFile.md5(CONTENT));
    }

    @Test
    void tagsOfWhatLiesEncryptedAreNoSums() throws Exception {
        bucket.place(NAME, CONTENT, Map.of());
        bucket.server()
                .plan(asked -> true, new Fault.Lie(reply -> reply.with("x-amz-server-side-encryption", "aws:kms")));

        assertThat(bucket.seen(NAME).sums().md5()).isEmpty();
        assertThat(bucket.seen(NAME).sums().md5()).isPresent();
    }

    @Test
    void whatTheStoreWorkedOutCountsForMoreThanWhatSomebodyRecorded() throws Exception {
        bucket.place(NAME, CONTENT, Map.of("content-hash-sha256", "0".repeat(64)));
        String real = Base64.getEncoder()
                .encodeToString(SampleFile.small(CONTENT).sha256().bytes());
        bucket.server().plan(asked -> true, new Fault.Lie(reply -> reply.with("x-amz-checksum-sha256", real)));

        assertThat(bucket.seen(NAME).sha256())
                .contains(SampleFile.small(CONTENT).sha256());
    }
}
