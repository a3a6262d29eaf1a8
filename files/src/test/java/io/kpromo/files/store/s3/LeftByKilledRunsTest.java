// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Uploads in parts that nobody ended: their parts are paid for until somebody gives them up.
@Timeout(60)
class LeftByKilledRunsTest {
    private static final int PART = 100_000;
    private static final byte[] CONTENT = SampleFile.bytes(2 * PART + 1, 5);
    private static final FileName NAME = new FileName("big file+1");
    private static final String PATH = "bucket/prod/" + NAME;

    private final FakeS3 s3 =
            new FakeS3(new AccessKeys("AKID", Secret.of("key"), Optional.empty(), Optional.empty()), "us-east-1");
    private final HttpTransport transport = HttpTransport.open(TransportOptions.standard());

    @AfterEach
    void stop() {
        transport.close();
        s3.close();
    }

    @Test
    void areGivenUpOnceTheFileIsThere() throws InterruptedException {
        s3.leave(PATH, "AKID");
        s3.leave(PATH, "AKID");
        write();
        assertThat(s3.object(PATH).map(FakeObject::content)).hasValue(CONTENT);
        assertThat(s3.openUploadsBy()).isEmpty();
    }

    @Test
    void stayWhereAnotherAccountOrAnotherFileIsMeant() throws InterruptedException {
        s3.leave(PATH, "OTHER");
        s3.leave(PATH + ".sha256", "AKID");
        write();
        assertThat(s3.openUploadsBy()).containsExactly(PATH + " by OTHER", PATH + ".sha256 by AKID");
    }

    @Test
    void stayWhereTheyWereBegunAfterOurs() throws InterruptedException {
        s3.server().plan(LeftByKilledRunsTest::lists, new Fault.After(() -> s3.leave(PATH, "AKID")));
        write();
        assertThat(s3.openUploadsBy()).containsExactly(PATH + " by AKID");
    }

    @Test
    void stayWhereTheFileDidNotGetThere() {
        s3.leave(PATH, "AKID");
        s3.server().plan(asked -> asked.asks("partNumber").isPresent(), Fault.status(403));
        assertThatThrownBy(this::write).hasMessageContaining("403");
        assertThat(s3.openUploadsBy()).containsExactly(PATH + " by AKID");
    }

    @Test
    void stayWhereListingIsNotAllowedAndTheFileIsWrittenAllTheSame() throws InterruptedException {
        s3.leave(PATH, "AKID");
        s3.server().plan(LeftByKilledRunsTest::lists, Fault.status(403));
        write();
        assertThat(s3.object(PATH)).isPresent();
        assertThat(s3.openUploadsBy()).hasSize(1);
    }

    @Test
    void anAnswerThatMakesNoSenseStopsNothing() throws InterruptedException {
        s3.server()
                .plan(
                        LeftByKilledRunsTest::lists,
                        new Fault.Refused(Reply.of(200, "<ListMultipartUploadsResult><Upload><Key>")));
        s3.server()
                .plan(
                        LeftByKilledRunsTest::lists,
                        new Fault.Refused(Reply.of(200, "<R><Upload><Initiated>now</Initiated></Upload></R>")));
        write();
        assertThat(s3.object(PATH).map(FakeObject::content)).hasValue(CONTENT);
    }

    /// The other one began later and was quicker, and has taken our upload for one that was left.
    @Test
    void aRunThatWasOvertakenFindsTheRightFileAndIsContent() throws InterruptedException {
        s3.server()
                .plan(asked -> asked.says("partNumber").equals("2"), new Fault.After(() -> s3.overtake(PATH, CONTENT)));
        write();
        assertThat(s3.object(PATH).map(FakeObject::content)).hasValue(CONTENT);
    }

    @Test
    void aRunThatWasOvertakenWithSomethingElseSaysSo() {
        s3.server()
                .plan(
                        asked -> asked.says("partNumber").equals("2"),
                        new Fault.After(() -> s3.overtake(PATH, SampleFile.bytes(7, 1))));
        assertThatThrownBy(this::write).hasMessageContaining("somebody else wrote something else there meanwhile");
    }

    private static boolean lists(Asked asked) {
        return asked.method().equals("GET") && asked.asks("uploads").isPresent();
    }

    private void write() throws InterruptedException {
        store().write(NAME, SampleFile.large(CONTENT), Optional.empty());
    }

    private Store store() {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL", "http://" + s3.server().authority(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "AKID",
                "AWS_SECRET_ACCESS_KEY", "key");
        return new S3Stores(
                        transport,
                        environment,
                        () -> {
                            throw new AssertionError("the variables hold keys");
                        },
                        S3Options.standard().withWhole(0).withPart(PART),
                        InstantSource.system())
                .signedIn(Base.parse("s3://bucket/prod"), Optional.empty(), "stores.yaml:2:3");
    }
}
