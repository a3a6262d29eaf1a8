// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import static io.kpromo.oci.copy.World.assertHolds;
import static io.kpromo.oci.copy.World.assertHoldsNothing;
import static io.kpromo.oci.copy.World.at;
import static io.kpromo.oci.copy.World.to;
import static io.kpromo.oci.http.Kind.GET_BLOB;
import static io.kpromo.oci.http.Kind.MOUNT;
import static io.kpromo.oci.http.Kind.PATCH_UPLOAD;
import static io.kpromo.oci.http.Kind.POST_UPLOAD;
import static io.kpromo.oci.http.Kind.PUT_BLOB;
import static io.kpromo.oci.http.Kind.PUT_MANIFEST;
import static io.kpromo.oci.http.Kind.PUT_TAG;
import static io.kpromo.oci.http.Kind.UPLOAD_STATUS;
import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.feed.Feed;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.fault.Gate;
import io.kpromo.registry.sample.SampleImage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What a copy does when mirrors fail: it ends right, or says what failed, and nothing wrong is stored.
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class FailingCopyTest extends FailingCopy {
    @Test
    void oneDestinationThatRefusesFailsAlone() throws Exception {
        mirror.faults().add(Fault.on(POST_UPLOAD, MOUNT).answers(403));
        SampleImage image = large();
        world.copy(world.job(image, "app", to(mirror, "app", "1"), to(other, "app", "1")));

        assertHolds(other, "app", "1", image);
        assertHoldsNothing(mirror);
        assertThat(world.told().failures()).containsOnlyKeys(at(mirror, "app"));
        assertThat(failure(mirror, "app")).contains(at(mirror, "app").toString(), "403", "DENIED");
    }

    @Test
    void oneDestinationThatIsGoneFailsAlone() throws Exception {
        SampleImage image = large();
        CopyJob job = world.job(image, "app", to(mirror, "app", "1"), to(other, "app", "1"));
        mirror.close();
        world.copy(job);

        assertHolds(other, "app", "1", image);
        assertThat(failure(mirror, "app")).contains(mirror.host().name());
    }

    @Test
    void oneRepositoryThatRefusesDoesNotKeepTheHostsOthersFromIt() throws Exception {
        mirror.faults()
                .add(Fault.on(POST_UPLOAD, MOUNT, PUT_BLOB).repository("closed").answers(403));
        SampleImage image = large();
        world.copy(world.job(image, "app", to(mirror, "closed", "1"), to(mirror, "open", "1")));

        assertHolds(mirror, "open", "1", image);
        assertThat(world.told().failures()).containsOnlyKeys(at(mirror, "closed"));
    }

    @Test
    void aTagThatIsRefusedDoesNotHideTheOthers() throws Exception {
        mirror.faults().add(Fault.on(PUT_TAG).answers(403));
        SampleImage image = image().build();
        world.copy(world.job(image, "app", to(mirror, "app", "1"), to(other, "app", "1")));

        assertThat(failure(mirror, "app")).contains(at(mirror, "app") + ":1", "403");
        assertHolds(other, "app", "1", image);
    }

    @Test
    void aSlowDestinationDoesNotHoldUpTheRest() throws Exception {
        Gate gate = new Gate();
        mirror.faults().add(Fault.on(PUT_BLOB, POST_UPLOAD).stalls(gate));
        CountDownLatch others = new CountDownLatch(3);
        world.told().whenDone(delivery -> {
            if (delivery.into().host().equals(other.host())) {
                others.countDown();
            }
        });
        CopyJob[] jobs = new CopyJob[3];
        SampleImage[] images = new SampleImage[3];
        for (int i = 0; i < 3; i++) {
            images[i] = image().layers(3).layerSize(1_200_000).seed(i).build();
            jobs[i] = world.job(images[i], "app-" + i, to(mirror, "app-" + i, "1"), to(other, "app-" + i, "1"));
        }
        CopyOptions options = STREAMED.withContents(1)
                .withStreams(2)
                .withWindow(8L * Feed.PIECE)
                .withPatience(Duration.ofMillis(50));
        FutureTask<Boolean> copy = running(options, jobs);
        assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(world.told().failures()).isEmpty();
        gate.open();
        assertThat(copy.get(60, TimeUnit.SECONDS)).isTrue();

        assertThat(world.told().failures()).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertHolds(mirror, "app-" + i, "1", images[i]);
            assertHolds(other, "app-" + i, "1", images[i]);
        }
    }

    @Test
    void aHostThatMissesABlobItClaimedIsSentAllOfItAgain() throws Exception {
        SampleImage image = large();
        mirror.faults().add(Fault.on(PUT_TAG).times(1).missesBlob());
        world.copy(world.job(image, "app", to(mirror, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertThat(mirror.counts().of(PUT_TAG)).isEqualTo(2);
        image.blobs()
                .forEach(blob -> assertThat(world.staging.reads(blob.digest())).isEqualTo(2));
        assertHolds(mirror, "app", "1", image);
    }

    @Test
    void aHostThatMissesAChildIsSentTheChildrenAgain() throws Exception {
        SampleImage image =
                image().platforms("linux/amd64", "linux/arm64").layerSize(1000).build();
        mirror.faults().add(Fault.on(PUT_TAG).times(1).answers(404, "MANIFEST_UNKNOWN", Map.of()));
        world.copy(world.job(image, "app", to(mirror, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertThat(mirror.counts().of(PUT_MANIFEST)).isEqualTo(4);
        assertHolds(mirror, "app", "1", image);
    }

    @Test
    void aHostThatAlwaysMissesABlobIsGivenUpAfterOneMoreTry() throws Exception {
        mirror.faults().add(Fault.on(PUT_TAG).missesBlob());
        world.copy(world.job(image().build(), "app", to(mirror, "app", "1")));

        assertThat(mirror.counts().of(PUT_TAG)).isEqualTo(2);
        assertThat(failure(mirror, "app")).contains("MANIFEST_BLOB_UNKNOWN", at(mirror, "app") + ":1");
    }

    @Test
    void anUploadThatBreaksIsBegunAgain() throws Exception {
        SampleImage image = image().layerSize(900_000).build();
        mirror.faults().add(Fault.on(PUT_BLOB).times(1).resetsWhileReading(300_000));
        world.copy(STREAMED, world.job(image, "app", to(mirror, "app", "1"), to(other, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertHolds(mirror, "app", "1", image);
        assertHolds(other, "app", "1", image);
    }

    @Test
    void anUploadThatTheHostForgotIsBegunAgain() throws Exception {
        SampleImage image = image().layerSize(300_000).build();
        mirror.faults().add(Fault.on(PUT_BLOB).times(1).forgetsUpload());
        world.copy(STREAMED, world.job(image, "app", to(mirror, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertHolds(mirror, "app", "1", image);
    }

    @Test
    void anUploadInPartsGoesOnWhereItBroke() throws Exception {
        SampleImage image = image().layerSize(1_500_000).build();
        mirror.faults().add(Fault.on(PATCH_UPLOAD).times(1).resetsWhileReading(600_000));
        world.copy(STREAMED.withResumable(200_000), world.job(image, "app", to(mirror, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertThat(mirror.counts().of(UPLOAD_STATUS)).isEqualTo(1);
        assertThat(mirror.counts().of(PATCH_UPLOAD)).isEqualTo(2);
        assertThat(mirror.traffic().bytesReceived()).isLessThan(image.size() + 500_000);
        assertHolds(mirror, "app", "1", image);
    }

    @Test
    void anUploadInPartsWhoseRangeStandsStillArrivesAllTheSame() throws Exception {
        SampleImage image = image().layerSize(1_500_000).build();
        mirror.faults()
                .add(
                        Fault.on(PATCH_UPLOAD, UPLOAD_STATUS).rangeStandsStill(),
                        Fault.on(PATCH_UPLOAD).times(1).resetsWhileReading(600_000));
        world.copy(STREAMED.withResumable(200_000), world.job(image, "app", to(mirror, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertHolds(mirror, "app", "1", image);
    }

    @Test
    void partsThatWereWrongAreNotBuiltUpon() throws Exception {
        SampleImage image = image().layerSize(1_500_000).build();
        world.staging
                .faults()
                .add(Fault.on(GET_BLOB)
                        .reference(image.layer(0).toString())
                        .times(1)
                        .corrupts(1000));
        world.copy(STREAMED.withResumable(200_000), world.job(image, "app", to(mirror, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertThat(mirror.counts().of(UPLOAD_STATUS)).isZero();
        assertHolds(mirror, "app", "1", image);
    }

    @Test
    void aMountThatIsRefusedIsUploaded() throws Exception {
        SampleImage image = large();
        mirror.faults()
                .add(Fault.on(MOUNT, POST_UPLOAD).repository("b").times(1).answers(403));
        world.copy(world.job(image, "app", to(mirror, "a", "1"), to(mirror, "b", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertHolds(mirror, "b", "1", image);
    }

    @Test
    void anInterruptEndsTheCopyAndARerunFinishesIt() throws Exception {
        Gate gate = new Gate();
        mirror.faults().add(Fault.on(PUT_BLOB).times(1).stalls(gate));
        SampleImage image = image().layerSize(900_000).build();
        CopyJob job = world.job(image, "app", to(mirror, "app", "1"), to(other, "app", "1"));
        FutureTask<Boolean> copy = new FutureTask<>(() -> {
            world.copy(STREAMED, job);
            return true;
        });
        Thread thread = Thread.ofVirtual().start(copy);
        gate.awaitArrival();
        thread.interrupt();
        assertThatThrownBy(() -> copy.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        gate.open();
        assertHoldsNothing(mirror);

        world.copy(STREAMED, job);
        assertHolds(mirror, "app", "1", image);
        assertHolds(other, "app", "1", image);
    }
}
