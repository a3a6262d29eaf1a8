// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileDecision;
import io.kpromo.oci.feed.Feed;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A promotion of files: what is looked at, read and written.
@Timeout(60)
class FilePromotionTest extends PromotionFixture {
    @Test
    void aFileIsReadOnceForAllItsDestinations() throws Exception {
        for (FileOptions options : List.of(CONFIRMED, STREAMED)) {
            TestStore from = new TestStore("gs://staging").holding("kubectl", LARGE);
            List<TestStore> into = List.of(new TestStore("s3://one"), new TestStore("s3://two"));
            DesiredFiles desired = new DesiredFiles(
                    into.stream().map(store -> edge(store, "kubectl", LARGE)).toList());
            FileOutcome outcome = new FilePromotion(stores(from, into), options, FileListener.silent()).run(desired);
            assertThat(outcome.failed()).isFalse();
            assertThat(from.reads).containsExactly("kubectl from 0");
            into.forEach(store -> assertThat(store.files).containsEntry(new FileName("kubectl"), LARGE));
        }
    }

    @Test
    void withoutConfirmationNothingIsReadOrWritten() throws Exception {
        source.holding("kubectl", SMALL);
        want("kubectl", SMALL, one, two);
        FileOutcome outcome = run(FileOptions.standard());
        assertThat(outcome.plan().count(FileDecision.Copy.class)).isEqualTo(2);
        assertThat(outcome.results()).isEmpty();
        assertThat(source.reads).isEmpty();
        assertThat(one.names()).isEmpty();
    }

    @Test
    void aRerunLooksAtDestinationsOnlyAndDoesNothing() throws Exception {
        source.holding("kubectl", SMALL);
        want("kubectl", SMALL, one, two);
        run(CONFIRMED);
        source.looks.clear();
        source.reads.clear();
        one.looks.clear();
        FileOutcome again = run(CONFIRMED);
        assertThat(again.writes()).isFalse();
        assertThat(source.looks).isEmpty();
        assertThat(source.reads).isEmpty();
        assertThat(one.looks).containsExactly("1 names");
        assertThat(one.reads).isEmpty();
    }

    @Test
    void anEmptyFileIsPromoted() throws Exception {
        for (FileOptions options : List.of(CONFIRMED, STREAMED)) {
            one.files.clear();
            source.holding("empty", new byte[0]);
            want("empty", new byte[0], one);
            assertThat(run(options).failed()).isFalse();
            assertThat(one.names()).containsExactly("empty");
        }
    }

    @Test
    void whatTheSourceDoesNotHaveIsMissingAndTheOthersAreCopied() throws Exception {
        source.holding("kubectl", SMALL);
        want("kubectl", SMALL, one);
        want("kubeadm", SMALL, one);
        FileOutcome outcome = run(CONFIRMED);
        assertThat(outcome.plan().count(FileDecision.Missing.class)).isEqualTo(1);
        assertThat(outcome.failed()).isFalse();
        assertThat(one.names()).containsExactly("kubectl");
    }

    @Test
    void theNextFileIsFetchedWhileTheLastIsBeingWritten() throws Exception {
        CountDownLatch bothRead = new CountDownLatch(2);
        source.holding("kubeadm", SMALL).holding("kubectl", LARGE).reading((right, offset, read) -> {
            bothRead.countDown();
            return new ByteArrayInputStream(right);
        });
        one.writing(write -> bothRead.await());
        want("kubeadm", SMALL, one);
        want("kubectl", LARGE, one);
        FileOptions alone = CONFIRMED.withThreads(1).withSmall(LARGE.length).withWindow(4L * LARGE.length);
        assertThat(failures(run(alone))).isEmpty();
        assertThat(one.names()).containsExactly("kubeadm", "kubectl");
    }

    @Test
    void whatWaitsToBeWrittenTakesAQuarterOfTheMemoryAtMost() {
        FileOptions eight = CONFIRMED.withThreads(8).withWindow(32 << 20);
        assertThat(eight.fetchesAhead(1 << 20)).isTrue();
        assertThat(eight.fetchesAhead((1 << 20) + 1)).isFalse();
        assertThat(eight.withSmall(1000).fetchesAhead(1001)).isFalse();
    }

    @Test
    void manyFilesOfAllSizesArriveWhole() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] content = new byte[random.nextInt(300_000)];
            random.nextBytes(content);
            source.holding("dir" + i % 7 + "/file" + i, content);
            want("dir" + i % 7 + "/file" + i, content, one, two, three);
        }
        FileOutcome outcome = run(CONFIRMED.withSmall(100_000).withStreams(2).withWindow(16L * Feed.PIECE));
        assertThat(failures(outcome)).isEmpty();
        assertThat(source.reads).hasSize(200);
        for (TestStore store : List.of(one, two, three)) {
            source.files.forEach((name, content) -> assertThat(store.files).containsEntry(name, content));
        }
    }
}
