// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.Lagging;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A destination that is slower than the others, which go on without it.
@Timeout(60)
class LeftBehindTest {
    /// Where what was sent before can be proven right together with another read of the rest.
    private static final int PART = 256 * 1024;

    private static final byte[] CONTENT = SampleFile.bytes(12 * PART, 5);

    @Test
    void goesOnWithAReadOfItsOwnAndKeepsThePartsThatItHas() throws Exception {
        AccessKeys keys = new AccessKeys("AKID", Secret.of("key"), Optional.empty(), Optional.empty());
        Lagging file = new Lagging(CONTENT, 4L * PART);
        try (FakeS3 s3 = new FakeS3(keys, "us-east-1");
                HttpTransport transport = HttpTransport.open(TransportOptions.standard())) {
            s3.server().plan(asked -> asked.asks("partNumber").isPresent(), new Fault.After(file::waitForTheOther));

            assertThat(file.write(store(s3, transport), new FileName("big"))).isTrue();

            assertThat(s3.object("bucket/big").map(FakeObject::content)).hasValue(CONTENT);
            assertThat(file.reads()).hasSizeBetween(2, 3);
            assertThat(transport.counts().of(Kind.POST_UPLOAD).requests()).isEqualTo(1);
        }
    }

    private static Store store(FakeS3 s3, HttpTransport transport) {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL", "http://" + s3.server().authority(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "AKID",
                "AWS_SECRET_ACCESS_KEY", "key");
        S3Options options = S3Options.standard().withWhole(0).withPart(PART);
        return new S3Stores(
                        transport,
                        environment,
                        () -> {
                            throw new AssertionError("the variables hold keys");
                        },
                        options,
                        InstantSource.system())
                .signedIn(Base.parse("s3://bucket"), Optional.empty(), "stores.yaml:2:3");
    }
}
