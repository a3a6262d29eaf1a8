// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.Sums;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.Digest;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.feed.Expected;
import io.kpromo.oci.feed.Feed;
import io.kpromo.oci.feed.Lanes;
import io.kpromo.oci.feed.Origin;
import io.kpromo.oci.feed.Supply;
import io.kpromo.oci.feed.Window;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A destination that is slower than the others, which go on without it.
@Timeout(60)
class LeftBehindTest {
    /// Where what was sent before can be proven right together with another read of the rest.
    private static final int PART = 256 * 1024;

    private static final byte[] CONTENT = SampleFile.bytes(12 * PART, 5);

    private final List<Long> reads = new CopyOnWriteArrayList<>();
    private final Window window = new Window(4L * PART, Duration.ofMillis(500));
    private final Origin origin = new Origin() {
        @Override
        public Expected expected() {
            return new Expected("the source", CONTENT.length, Digest.sha256(CONTENT));
        }

        @Override
        public Window window() {
            return window;
        }

        @Override
        public void read(BlobIntake into) throws InterruptedException {
            reads.add(into.offset());
            int from = (int) into.offset();
            try {
                into.take(new ByteArrayInputStream(CONTENT, from, CONTENT.length - from));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    };

    private static final class Anyone implements Supply.Taker {
        @Override
        public void wanted() {}

        @Override
        public Lanes.Lane lane() {
            return () -> {};
        }

        @Override
        public boolean checks() {
            return false;
        }

        @Override
        public void took(int bytes) {}
    }

    private record Parcel(Supply supply) implements Incoming {
        @Override
        public long size() {
            return CONTENT.length;
        }

        @Override
        public Digest sha256() {
            return Digest.sha256(CONTENT);
        }

        @Override
        public boolean small() {
            return false;
        }

        @Override
        public Sums awaitAll() {
            throw new AssertionError("it is not small");
        }

        @Override
        public Digest sha512() {
            throw new AssertionError("it is not small");
        }

        @Override
        public Body part(long offset, long length) {
            return supply.part(offset, length);
        }
    }

    @Test
    void goesOnWithAReadOfItsOwnAndKeepsThePartsThatItHas() throws Exception {
        AccessKeys keys = new AccessKeys("AKID", Secret.of("key"), Optional.empty(), Optional.empty());
        CountDownLatch othersDone = new CountDownLatch(1);
        try (FakeS3 s3 = new FakeS3(keys, "us-east-1");
                HttpTransport transport = HttpTransport.open(TransportOptions.standard());
                Feed feed = Feed.shared(origin.expected(), window, false, 4L * PART);
                Supply slow = new Supply(origin, feed.share(), new Anyone());
                Supply quick = new Supply(origin, feed.share(), new Anyone());
                Crew crew = new Crew("others")) {
            s3.server().plan(asked -> asked.asks("partNumber").isPresent(), new Fault.After(() -> await(othersDone)));
            crew.start(() -> feed.readFrom(origin));
            crew.start(() -> drain(quick, othersDone));

            store(s3, transport).write(new FileName("big"), new Parcel(slow), Optional.empty());

            assertThat(slow.leftBehind()).isTrue();
            assertThat(s3.object("bucket/big").map(FakeObject::content)).hasValue(CONTENT);
            assertThat(reads).hasSizeBetween(2, 3);
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

    private static void drain(Supply supply, CountDownLatch done) throws InterruptedException {
        try (InputStream in = supply.from(0).open()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            done.countDown();
        }
    }

    private static void await(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
