// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static io.kpromo.files.store.s3.OneBucket.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.TransportOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Large files go in parts, and nothing is seen of them before all are there.
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class S3PartsTest {
    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(3));
    private final OneBucket bucket = new OneBucket(transport);

    @AfterEach
    void close() {
        transport.close();
        bucket.close();
    }

    private static boolean putsTogether(Asked asked) {
        return asked.method().equals("POST") && asked.asks("uploadId").isPresent();
    }

    @Test
    void aLargeFileComesInPartsWithSumsAndNothingIsSeenOfThemBefore() throws Exception {
        List<Boolean> seen = new CopyOnWriteArrayList<>();
        bucket.server()
                .plan(
                        S3PartsTest::putsTogether,
                        new Fault.After(() -> seen.add(bucket.content(NAME).isPresent())));

        bucket.store().write(NAME, SampleFile.large(OneBucket.large()), Optional.empty());

        assertThat(seen).containsExactly(false);
        assertThat(bucket.content(NAME)).hasValue(OneBucket.large());
        assertThat(bucket.server().asked())
                .filteredOn(asked -> asked.asks("partNumber").isPresent())
                .hasSize(3)
                .allMatch(asked -> asked.value("x-amz-trailer").equals("x-amz-checksum-sha256"));
        assertThat(bucket.counts())
                .isEqualTo(
                        Map.of(Kind.POST_UPLOAD, 1L, Kind.PUT_PART, 3L, Kind.LIST_UPLOADS, 1L, Kind.FINISH_UPLOAD, 1L));
        assertThat(bucket.s3().object("bucket/release/" + NAME).orElseThrow().parts())
                .isEqualTo(3);
    }

    @Test
    void aPartThatBreaksIsSentAgainAndNoOther() throws Exception {
        SampleFile file = SampleFile.large(OneBucket.large());
        bucket.server().plan(asked -> asked.asks("partNumber").equals(Optional.of("2")), new Fault.CutRequest(50_000));

        bucket.store().write(NAME, file, Optional.empty());

        assertThat(bucket.content(NAME)).hasValue(OneBucket.large());
        assertThat(file.opened()).containsExactly(0L, (long) OneBucket.PART);
    }

    @Test
    void anUploadThatFailsIsGivenUp() {
        bucket.server()
                .plan(
                        asked -> asked.asks("partNumber").equals(Optional.of("2")),
                        new Fault.Refused(FakeS3.error(403, "AccessDenied", "Access Denied")));

        assertThatThrownBy(() -> bucket.store().write(NAME, SampleFile.large(OneBucket.large()), Optional.empty()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("write part 2 of s3://bucket/release/" + NAME)
                .hasMessageContaining("403 AccessDenied after 1 try")
                .hasMessageEndingWith("Access Denied");
        assertThat(bucket.s3().openUploads()).isZero();
        assertThat(bucket.content(NAME)).isEmpty();
    }

    @Test
    void anUploadThatIsInterruptedIsGivenUpToo() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        bucket.server().plan(asked -> asked.asks("partNumber").isPresent(), new Fault.After(() -> {
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
                bucket.store().write(NAME, SampleFile.large(OneBucket.large()), Optional.empty());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reached.await();
        writer.interrupt();
        never.countDown();
        writer.join();

        assertThat(bucket.s3().openUploads()).isZero();
        assertThat(bucket.content(NAME)).isEmpty();
    }

    @Test
    void anEndWhoseAnswerWasLostIsFoundToHaveSucceeded() throws Exception {
        bucket.server().plan(S3PartsTest::putsTogether, new Fault.LostAnswer());

        bucket.store().write(NAME, SampleFile.large(OneBucket.large()), Optional.empty());

        assertThat(bucket.content(NAME)).hasValue(OneBucket.large());
        assertThat(bucket.server().asked().stream().filter(S3PartsTest::putsTogether))
                .hasSize(2);
        assertThat(bucket.counts().get(Kind.HEAD_FILE)).isEqualTo(1);
    }

    @Test
    void anErrorBehindStatus200IsAnError() throws Exception {
        bucket.server()
                .plan(
                        S3PartsTest::putsTogether,
                        new Fault.Refused(new Reply(
                                200,
                                Map.of(),
                                FakeS3.error(500, "InternalError", "We encountered an error")
                                        .body())));
        bucket.store().write(NAME, SampleFile.large(OneBucket.large()), Optional.empty());
        assertThat(bucket.content(NAME)).hasValue(OneBucket.large());

        bucket.server()
                .plan(
                        S3PartsTest::putsTogether,
                        new Fault.Refused(new Reply(
                                200,
                                Map.of(),
                                FakeS3.error(200, "InvalidPart", "not found").body())));
        assertThatThrownBy(() -> bucket.store()
                        .write(new FileName("other"), SampleFile.large(OneBucket.large()), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith("InvalidPart: not found");
        assertThat(bucket.s3().openUploads()).isZero();
    }

    @Test
    void aStoreThatKnowsNoSumsOfPartsCanBeWrittenTo() throws Exception {
        Store store = bucket.store(OneBucket.options().withPartSums(false));

        store.write(NAME, SampleFile.large(OneBucket.large()), Optional.empty());

        assertThat(bucket.content(NAME)).hasValue(OneBucket.large());
        assertThat(bucket.counts())
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
}
