// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import io.kpromo.files.FileName;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.Collecting;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.Host;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// A store that is asked over a network, and the fake of its cloud.
@Timeout(60)
public abstract class StoreFixture {
    protected static final FileName NAME = new FileName("linux/amd64/kubectl");
    protected static final byte[] CONTENT = SampleFile.bytes(100_000, 1);
    protected static final byte[] OTHER = SampleFile.bytes(100_000, 2);

    protected final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(3));

    /// Below `bucket/release`.
    protected abstract Store store();

    protected abstract LoopbackServer server();

    /// Puts something there behind the store's back.
    ///
    /// @param key in the bucket
    protected abstract void place(String key, byte[] content, Map<String, String> recorded);

    protected abstract Optional<byte[]> content(String key);

    protected abstract Map<String, String> recorded(String key);

    /// Content that is sent in several requests.
    protected abstract byte[] large();

    @AfterEach
    void close() {
        transport.close();
    }

    protected Map<Kind, Long> counts() {
        Host host = server().host();
        return transport.counts().requests(host);
    }

    protected StoredFile seen(FileName name) throws InterruptedException {
        return store().inspect(name).orElseThrow();
    }

    protected byte[] read(FileName name, StoredFile seen) throws InterruptedException {
        Collecting into = new Collecting();
        store().read(name, seen, into);
        return into.bytes();
    }

    protected static Predicate<Asked> method(String method) {
        return asked -> asked.method().equals(method);
    }

    protected static String key(FileName name) {
        return "release/" + name;
    }

    /// Faults are chosen before the body comes.
    protected static boolean isWrite(Asked asked) {
        return !asked.method().equals("GET") && !asked.method().equals("HEAD");
    }

    protected abstract int openUploads();

    protected abstract Reply denied();

    /// In words.
    protected abstract String saidWhenDenied();

    /// Requests until it is known why a file can't be looked up.
    protected abstract long looksWhenDenied();

    /// Below `bucket/staging`, for everybody to read.
    protected abstract Store otherStore();
}
