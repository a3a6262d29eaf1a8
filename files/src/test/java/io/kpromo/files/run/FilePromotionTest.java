// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.Stores;
import io.kpromo.oci.Digest;
import io.kpromo.oci.feed.Feed;
import io.kpromo.yaml.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A promotion of files: what is read, what is written, and what happens when stores fail or lie.
@Timeout(60)
class FilePromotionTest {
    private static final byte[] SMALL = "content of kubectl".getBytes(UTF_8);
    static final byte[] LARGE = random(3_000_000);
    private static final FileOptions CONFIRMED = FileOptions.standard().withConfirm(true);
    static final FileOptions STREAMED = CONFIRMED.withSmall(0).withStreams(2).withWindow(8L * Feed.PIECE);

    private final TestStore source = new TestStore("gs://staging");
    private final TestStore one = new TestStore("s3://one");
    private final TestStore two = new TestStore("s3://two");
    private final TestStore three = new TestStore("gs://three");
    private final List<FileEdge> wanted = new ArrayList<>();

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
    void aSourceOfOtherContentIsNeverShownAnywhere() throws Exception {
        for (FileOptions options : List.of(CONFIRMED, STREAMED)) {
            byte[] other = random(1_000_000);
            source.holding("kubectl", other);
            want("kubectl", LARGE, one, two);
            FileOutcome outcome = run(options);
            assertThat(failures(outcome))
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure)
                            .contains("gs://staging/kubectl")
                            .contains("the source sent " + Digest.sha256(other)));
            assertThat(one.names()).isEmpty();
            assertThat(two.names()).isEmpty();
        }
    }

    @Test
    void anEmptySourceIsNotTakenForAnyOtherContent() throws Exception {
        for (FileOptions options : List.of(CONFIRMED, STREAMED)) {
            source.holding("kubectl", new byte[0]);
            want("kubectl", LARGE, one, two);
            assertThat(failures(run(options)))
                    .hasSize(2)
                    .allSatisfy(
                            failure -> assertThat(failure).contains("the source sent " + Digest.sha256(new byte[0])));
            assertThat(one.names()).isEmpty();
            assertThat(two.names()).isEmpty();
        }
    }

    @Test
    void bytesThatWereFalsifiedOnceAreReadAgain() throws Exception {
        for (FileOptions options : List.of(CONFIRMED, STREAMED)) {
            source.reads.clear();
            one.files.clear();
            source.holding("kubectl", LARGE).reading((right, offset, read) -> {
                byte[] bytes = right.clone();
                if (read == 1) {
                    bytes[bytes.length / 2] ^= 1;
                }
                return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
            });
            want("kubectl", LARGE, one);
            assertThat(failures(run(options))).isEmpty();
            assertThat(one.files).containsEntry(new FileName("kubectl"), LARGE);
        }
    }

    @Test
    void aTruncatedReadGoesOnWhereItBroke() throws Exception {
        source.holding("kubectl", LARGE).reading((right, offset, read) -> {
            int length = read == 1 ? 1_000_000 : right.length - (int) offset;
            return new ByteArrayInputStream(right, (int) offset, length);
        });
        want("kubectl", LARGE, one, two);
        assertThat(failures(run(STREAMED))).isEmpty();
        assertThat(source.reads).containsExactly("kubectl from 0", "kubectl from 1000000");
    }

    @Test
    void aSourceThatIsChangedWhileItIsReadIsAnErrorAndNothingIsShown() throws Exception {
        source.holding("kubectl", LARGE).reading((right, offset, read) -> {
            source.files.put(new FileName("kubectl"), random(2_999_999));
            throw new IOException("reset");
        });
        want("kubectl", LARGE, one);
        assertThat(failures(run(STREAMED))).containsExactly("read gs://staging/kubectl: it was changed meanwhile");
        assertThat(one.names()).isEmpty();
    }

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
            public void finished(FileEdge edge, Optional<io.kpromo.oci.OciException> failure) {
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
    void partsThatAreSentAgainAreRight() throws Exception {
        source.holding("kubectl", LARGE);
        one.inPartsOf(512 << 10);
        want("kubectl", LARGE, one);
        assertThat(failures(run(STREAMED))).isEmpty();
        assertThat(one.files).containsEntry(new FileName("kubectl"), LARGE);
    }

    @Test
    void otherContentIsRefusedAndNothingAtAllIsWritten() throws Exception {
        source.holding("kubectl", SMALL).holding("kubeadm", SMALL);
        one.holding("kubectl", "something else".getBytes(UTF_8));
        want("kubectl", SMALL, one);
        want("kubeadm", SMALL, one);
        FileOutcome outcome = run(CONFIRMED);
        assertThat(outcome.refused()).isTrue();
        assertThat(one.names()).containsExactly("kubectl");
        assertThat(one.files).containsEntry(new FileName("kubectl"), "something else".getBytes(UTF_8));
    }

    @Test
    void otherContentIsReplacedWhenToldTo() throws Exception {
        source.holding("kubectl", SMALL);
        one.holding("kubectl", "something else".getBytes(UTF_8));
        want("kubectl", SMALL, one);
        assertThat(failures(run(CONFIRMED.withOverwrite(true)))).isEmpty();
        assertThat(one.files).containsEntry(new FileName("kubectl"), SMALL);
    }

    @Test
    void whatNothingIsRecordedOfIsReadToKnowIt() throws Exception {
        source.holding("kubectl", SMALL).holding("kubeadm", SMALL);
        one.withoutRecords().holding("kubectl", SMALL);
        byte[] same = SMALL.clone();
        same[3] ^= 1;
        one.holding("kubeadm", same);
        want("kubectl", SMALL, one);
        want("kubeadm", SMALL, one);
        FileOutcome outcome = run(FileOptions.standard());
        assertThat(outcome.plan().count(FileDecision.UpToDate.class)).isEqualTo(1);
        assertThat(outcome.plan().count(FileDecision.Refused.class)).isEqualTo(1);
        assertThat(one.reads).containsExactlyInAnyOrder("kubectl from 0", "kubeadm from 0");
    }

    @Test
    void aFileOfAnotherSizeIsNotReadToKnowThatItDiffers() throws Exception {
        source.holding("kubectl", SMALL);
        one.holding("kubectl", LARGE);
        want("kubectl", SMALL, one);
        assertThat(run(FileOptions.standard()).refused()).isTrue();
        assertThat(one.reads).isEmpty();
    }

    @Test
    void whatACloudHoldsAlreadyIsCopiedThere() throws Exception {
        source.holding("kubectl", SMALL);
        want("kubectl", SMALL, one);
        run(CONFIRMED);
        source.reads.clear();
        two.copying();
        want("kubectl", SMALL, two, three);
        assertThat(failures(run(CONFIRMED))).isEmpty();
        assertThat(two.writes).isEmpty();
        assertThat(two.files).containsEntry(new FileName("kubectl"), SMALL);
        assertThat(three.writes).containsExactly("kubectl");
    }

    @Test
    void aStoreThatCantBeLookedAtStopsEverything() throws Exception {
        source.holding("kubectl", SMALL);
        TestStore broken = new TestStore("s3://broken") {
            @Override
            public java.util.Map<FileName, io.kpromo.files.store.StoredFile> look(
                    java.util.Collection<FileName> names) {
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

    private void want(String name, byte[] content, TestStore... stores) {
        for (TestStore store : stores) {
            FileEdge edge = edge(store, name, content);
            wanted.removeIf(other -> other.to().equals(edge.to()));
            wanted.add(edge);
        }
    }

    static FileEdge edge(TestStore store, String name, byte[] content) {
        return new FileEdge(
                Base.parse("gs://staging"),
                store.base(),
                new FileName(name),
                Digest.sha256(content),
                Place.of("files.yaml"));
    }

    private FileOutcome run(FileOptions options) throws InterruptedException {
        return new FilePromotion(stores(source, List.of(one, two, three)), options, FileListener.silent())
                .run(new DesiredFiles(wanted));
    }

    static List<String> failures(FileOutcome outcome) {
        return Stream.concat(
                        outcome.results().values().stream()
                                .flatMap(Optional::stream)
                                .map(failure -> String.valueOf(failure.getMessage())),
                        outcome.plan().all(FileDecision.Unreadable.class).map(FileDecision.Unreadable::why))
                .toList();
    }

    static Stores stores(TestStore source, List<TestStore> destinations) {
        return new Stores() {
            @Override
            public Store source(Base base) {
                return source;
            }

            @Override
            public Store destination(Base base) {
                return destinations.stream()
                        .filter(store -> store.base().equals(base))
                        .findFirst()
                        .orElseThrow();
            }

            @Override
            public void close() {}
        };
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
