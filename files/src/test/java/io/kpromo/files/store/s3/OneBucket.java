// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A bucket, and stores that were told by variables where it is and whose keys sign.
final class OneBucket implements AutoCloseable {
    static final AccessKeys KEYS = new AccessKeys(
            "AKIDEXAMPLE", Secret.of("key-not-to-be-shown"), Optional.of(Secret.of("session-token")), Optional.empty());
    static final int PART = 100_000;
    static final FileName NAME = new FileName("linux/amd64/kubectl");

    private final FakeS3 s3 = new FakeS3(KEYS, "eu-west-1");
    private final HttpTransport transport;

    /// @param transport stays the caller's to close
    OneBucket(HttpTransport transport) {
        this.transport = transport;
    }

    FakeS3 s3() {
        return s3;
    }

    LoopbackServer server() {
        return s3.server();
    }

    /// @param more variables; empty where one is not to be set
    S3Stores stores(S3Options options, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_S3", "http://" + s3.server().authority(),
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", KEYS.id(),
                "AWS_SECRET_ACCESS_KEY", KEYS.secret().reveal(),
                "AWS_SESSION_TOKEN", KEYS.session().orElseThrow().reveal()));
        environment.putAll(more);
        environment.values().removeIf(String::isEmpty);
        return new S3Stores(
                transport,
                environment,
                () -> {
                    throw new AssertionError("the variables hold keys");
                },
                options,
                InstantSource.system());
    }

    static S3Options options() {
        return S3Options.standard().withWhole(PART).withPart(PART);
    }

    Store store(S3Options options) {
        return stores(options, Map.of())
                .signedIn(Base.parse("s3://bucket/release"), Optional.empty(), "stores.yaml:2:3");
    }

    /// Below `bucket/release`.
    Store store() {
        return store(options());
    }

    /// Below `bucket/staging`, for everybody to read.
    Store otherStore() {
        return stores(options(), Map.of()).asAnyone(Base.parse("s3://bucket/staging"));
    }

    /// Below `bucket/release`.
    Optional<byte[]> content(FileName name) {
        return s3.object("bucket/release/" + name).map(FakeObject::content);
    }

    Map<String, String> recorded(String key) {
        return s3.object("bucket/" + key).orElseThrow().recorded();
    }

    void place(FileName name, byte[] content, Map<String, String> recorded) {
        s3.put("bucket/release/" + name, content, recorded);
    }

    StoredFile seen(FileName name) throws InterruptedException {
        return store().inspect(name).orElseThrow();
    }

    Map<Kind, Long> counts() {
        return transport.counts().requests(s3.server().host());
    }

    /// Content that is sent in three parts.
    static byte[] large() {
        return SampleFile.bytes(2 * PART + 4321, 3);
    }

    @Override
    public void close() {
        s3.close();
    }
}
