// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.Lagging;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A destination that is slower than the others, which go on without it.
@Timeout(60)
class LeftBehindTest {
    /// More than the system keeps between two programs.
    private static final byte[] CONTENT = SampleFile.bytes(24 << 20, 5);

    private static final int SEEN = 1 << 20;

    @Test
    void goesOnBehindWhatTheUploadHasWithAReadOfItsOwn() throws Exception {
        Lagging file = new Lagging(CONTENT, 4L * FakeGcs.KEPT);
        try (FakeGcs gcs = new FakeGcs();
                HttpTransport transport = HttpTransport.open(TransportOptions.standard())) {
            gcs.server().plan(LeftBehindTest::sends, new Fault.Stalled(SEEN, file::waitForTheOther));

            assertThat(file.write(store(gcs, transport), new FileName("big"))).isTrue();

            assertThat(gcs.object("bucket/big").map(FakeObject::content)).hasValue(CONTENT);
            assertThat(transport.counts().of(Kind.POST_UPLOAD).requests())
                    .as("uploads")
                    .isEqualTo(1);
            assertThat(file.reads()).as("for all, and for the slow one").hasSizeBetween(2, 4);
            List<Asked> sent =
                    gcs.server().asked().stream().filter(LeftBehindTest::sends).toList();
            // Whoever asks before the store knows that the first one broke is told less than it has, and starts over.
            assertThat(sent).hasSizeBetween(2, 3);
            String range = sent.getLast().value("content-range");
            long from = Long.parseLong(range.replaceAll("bytes (\\d+)-.*", "$1"));
            assertThat(from).as("what it has is not sent again in the end").isGreaterThanOrEqualTo(SEEN);
        }
    }

    private static boolean sends(Asked asked) {
        return asked.value("content-range").startsWith("bytes ")
                && !asked.value("content-range").startsWith("bytes */");
    }

    private static Store store(FakeGcs gcs, HttpTransport transport) {
        return new GcsStores(
                        transport,
                        Map.of("STORAGE_EMULATOR_HOST", gcs.server().authority()),
                        () -> {
                            throw new AssertionError("an emulator is shown nothing");
                        },
                        InstantSource.system())
                .as("somebody@example.com", Base.parse("gs://bucket"));
    }
}
