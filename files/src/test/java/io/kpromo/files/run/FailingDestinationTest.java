// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.oci.OciException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Destinations that fail, stand still, or take things twice.
@Timeout(60)
class FailingDestinationTest extends PromotionFixture {
    @Test
    void oneDestinationThatFailsFailsAlone() throws Exception {
        source.holding("kubectl", LARGE);
        one.writing(write -> {
            throw new StoreException("write s3://one/kubectl: No space left on device");
        });
        want("kubectl", LARGE, one, two);
        for (FileOptions options : List.of(STREAMED, CONFIRMED)) {
            two.files.clear();
            FileOutcome outcome = run(options);
            assertThat(failures(outcome)).containsExactly("write s3://one/kubectl: No space left on device");
            assertThat(two.files).containsEntry(new FileName("kubectl"), LARGE);
        }
    }

    @Test
    void aDestinationThatStandsStillIsLeftBehindAndStillGetsAll() throws Exception {
        CountDownLatch othersDone = new CountDownLatch(1);
        source.holding("kubectl", LARGE);
        one.inPartsOf(1 << 20).writing(write -> othersDone.await());
        want("kubectl", LARGE, one, two);
        FileListener listener = new FileListener() {
            @Override
            public void finished(FileEdge edge, Optional<OciException> failure) {
                othersDone.countDown();
            }
        };
        FileOutcome outcome = new FilePromotion(
                        stores(source, List.of(one, two)), STREAMED.withPatience(Duration.ofMillis(20)), listener)
                .run(new DesiredFiles(wanted));
        assertThat(failures(outcome)).isEmpty();
        assertThat(one.files).containsEntry(new FileName("kubectl"), LARGE);
        assertThat(two.files).containsEntry(new FileName("kubectl"), LARGE);
    }

    @Test
    void partsThatAreSentAgainAreRight() throws Exception {
        source.holding("kubectl", LARGE);
        one.inPartsOf(512 << 10);
        want("kubectl", LARGE, one);
        assertThat(failures(run(STREAMED))).isEmpty();
        assertThat(one.files).containsEntry(new FileName("kubectl"), LARGE);
    }

    @Test
    void aStoreThatCantBeLookedAtStopsEverything() throws Exception {
        source.holding("kubectl", SMALL);
        TestStore broken = new TestStore("s3://broken") {
            @Override
            public Map<FileName, StoredFile> look(Collection<FileName> names) {
                throw new StoreException("look for files in s3://broken: 403");
            }
        };
        want("kubectl", SMALL, one, broken);
        FileOutcome outcome = new FilePromotion(stores(source, List.of(one, broken)), CONFIRMED, FileListener.silent())
                .run(new DesiredFiles(wanted));
        assertThat(outcome.failed()).isTrue();
        assertThat(outcome.plan().all(FileDecision.Unreadable.class).map(FileDecision.Unreadable::why))
                .containsExactly("look for files in s3://broken: 403");
        assertThat(one.names()).isEmpty();
    }
}
