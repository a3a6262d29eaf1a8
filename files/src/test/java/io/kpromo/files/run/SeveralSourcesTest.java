// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileDecision.UpToDate;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.Stores;
import io.kpromo.oci.Digest;
import io.kpromo.yaml.Place;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A file that may come from more than one place.
@Timeout(60)
class SeveralSourcesTest {
    private static final byte[] CONTENT = "content of kubectl".getBytes(UTF_8);

    private final TestStore first = new TestStore("gs://first");
    private final TestStore second = new TestStore("gs://second");
    private final TestStore prod = new TestStore("s3://prod");
    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    @Test
    void whatIsThereIsReadOnceThoughSeveralSourcesAreNamedForIt() throws Exception {
        for (TestStore store : List.of(first, second, prod)) {
            store.holding("kubectl", CONTENT);
        }

        FileOutcome outcome = run();

        assertThat(outcome.plan().count(UpToDate.class)).isEqualTo(1);
        assertThat(prod.looks).containsExactly("1 names", "kubectl");
        assertThat(prod.reads).containsExactly("kubectl from 0");
    }

    @Test
    void progressComesToItsEnd() throws Exception {
        second.holding("kubectl", CONTENT);

        assertThat(run().writes()).isTrue();

        assertThat(done).hasValue(3).hasValue(expected.get());
    }

    private FileOutcome run() throws InterruptedException {
        return new FilePromotion(stores(), FileOptions.standard(), new FileListener() {
                    @Override
                    public void begin(Phase phase, long total) {
                        more(phase, total);
                    }

                    @Override
                    public void more(Phase phase, long count) {
                        expected.addAndGet(count);
                    }

                    @Override
                    public void advance(Phase phase, long count) {
                        done.addAndGet(count);
                    }
                })
                .run(new DesiredFiles(List.of(edge(first), edge(second))));
    }

    private FileEdge edge(TestStore from) {
        return new FileEdge(
                from.base(), prod.base(), new FileName("kubectl"), Digest.sha256(CONTENT), Place.of("files.yaml"));
    }

    private Stores stores() {
        return new Stores() {
            @Override
            public Store source(Base base) {
                return Stream.of(first, second)
                        .filter(store -> store.base().equals(base))
                        .findFirst()
                        .orElseThrow();
            }

            @Override
            public Store destination(Base base) {
                return prod;
            }

            @Override
            public void close() {}
        };
    }
}
