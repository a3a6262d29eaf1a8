// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import static io.kpromo.oci.copy.HandMade.index;
import static io.kpromo.oci.copy.HandMade.lying;
import static io.kpromo.oci.copy.World.assertHolds;
import static io.kpromo.oci.copy.World.assertHoldsNothing;
import static io.kpromo.oci.copy.World.at;
import static io.kpromo.oci.copy.World.to;
import static io.kpromo.oci.http.Kind.GET_BLOB;
import static io.kpromo.oci.http.Kind.GET_MANIFEST;
import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleBlob;
import io.kpromo.registry.sample.SampleImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a copy does when its source fails: it reads on, reads elsewhere, or says what failed; nothing wrong is stored.
@Timeout(120)
class FailingSourceTest extends FailingCopy {
    @Test
    void aSourceThatBreaksOffIsReadOnByRange() throws Exception {
        SampleImage image = image().layerSize(1_500_000).build();
        world.staging
                .faults()
                .add(Fault.on(GET_BLOB)
                        .reference(image.layer(0).toString())
                        .times(1)
                        .resetsWhileSending(700_000));
        world.copy(STREAMED, world.job(image, "app", to(mirror, "app", "1"), to(other, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertThat(world.staging.reads(image.layer(0))).isEqualTo(2);
        assertThat(world.told().bytesRead()).isEqualTo(image.size());
        assertHolds(mirror, "app", "1", image);
        assertHolds(other, "app", "1", image);
    }

    @Test
    void aSourceThatCannotGoOnIsReadAgain() throws Exception {
        World plain = new World(folder.resolve("plain"));
        try (plain) {
            Registry staging = plain.registry(options -> options.without(Feature.RANGES));
            SampleImage image = image().layerSize(1_500_000).build();
            image.pushTo(staging, "app");
            staging.faults().add(Fault.on(GET_BLOB).times(1).resetsWhileSending(700_000));
            Registry into = plain.registry(options -> options);
            plain.copy(STREAMED, new CopyJob(at(staging, "app"), image.digest(), List.of(to(into, "app", "1"))));
            assertThat(plain.told().failures()).isEmpty();
            assertHolds(into, "app", "1", image);
        }
    }

    @Test
    void aSourceThatIsCorruptOnceIsReadAgain() throws Exception {
        SampleImage image = image().layerSize(400_000).build();
        world.staging
                .faults()
                .add(Fault.on(GET_BLOB)
                        .reference(image.layer(0).toString())
                        .times(1)
                        .corrupts(1234));
        world.copy(STREAMED, world.job(image, "app", to(mirror, "app", "1"), to(other, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertHolds(mirror, "app", "1", image);
        assertHolds(other, "app", "1", image);
    }

    @Test
    void aSourceThatStaysCorruptIsNamedAndNothingIsStored() throws Exception {
        SampleImage image = image().layerSize(400_000).build();
        world.staging
                .faults()
                .add(Fault.on(GET_BLOB).reference(image.layer(0).toString()).corrupts(1234));
        world.copy(STREAMED, world.job(image, "app", to(mirror, "app", "1"), to(other, "app", "1")));

        assertHoldsNothing(mirror);
        assertHoldsNothing(other);
        assertThat(world.told().failures()).hasSize(2);
        assertThat(failure(mirror, "app"))
                .contains("read blob " + at(world.staging, "app").at(image.layer(0)), "the source sent sha256:");
        assertThat(mirror.folder().repository("app").blob(image.layer(0))).isEmpty();
    }

    @Test
    void aSmallBlobThatStaysCorruptIsNamedAndNothingIsSent() throws Exception {
        SampleImage image = image().layerSize(100_000).build();
        world.staging
                .faults()
                .add(Fault.on(GET_BLOB).reference(image.layer(0).toString()).corrupts(99));
        world.copy(world.job(image, "app", to(mirror, "app", "1")));

        assertHoldsNothing(mirror);
        assertThat(mirror.traffic().bytesReceived()).isLessThan(10_000);
        assertThat(failure(mirror, "app")).contains("read blob " + at(world.staging, "app"), "the source sent sha256:");
    }

    @Test
    void aBlobThatTheSourceLostIsNamed() throws Exception {
        SampleImage image = image().layerSize(100_000).build();
        world.staging
                .faults()
                .add(Fault.on(GET_BLOB).reference(image.layer(0).toString()).answers(404, "BLOB_UNKNOWN", Map.of()));
        world.copy(STREAMED, world.job(image, "app", to(mirror, "app", "1")));

        assertHoldsNothing(mirror);
        assertThat(failure(mirror, "app"))
                .contains("read blob " + at(world.staging, "app").at(image.layer(0)), "404", "BLOB_UNKNOWN");
    }

    @Test
    void aBlobThatOneSourceLostIsReadFromAnother() throws Exception {
        SampleImage image = image().layerSize(100_000).build();
        world.staging.faults().add(Fault.on(GET_BLOB).repository("lossy").answers(404, "BLOB_UNKNOWN", Map.of()));
        world.copy(
                STREAMED,
                world.job(image, "lossy", to(mirror, "a", "1")),
                world.job(image, "whole", to(mirror, "b", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertHolds(mirror, "a", "1", image);
        assertHolds(mirror, "b", "1", image);
    }

    @Test
    void aManifestThatSaysTooMuchOfABlobIsRefused() throws Exception {
        SampleBlob layer = SampleBlob.random(MediaTypes.OCI_LAYER_GZIP, 100_000, 3);
        SampleImage image = lying(layer, 100_001);
        world.copy(STREAMED, world.job(image, "app", to(mirror, "app", "1")));

        assertHoldsNothing(mirror);
        assertThat(failure(mirror, "app"))
                .contains("read blob " + at(world.staging, "app").at(layer.digest()))
                .contains("100000 of")
                .contains("100001 bytes");
    }

    @Test
    void aManifestThatSaysTooLittleOfABlobIsRefused() throws Exception {
        SampleBlob layer = SampleBlob.random(MediaTypes.OCI_LAYER_GZIP, 100_000, 3);
        SampleImage image = lying(layer, 99_999);
        world.copy(world.job(image, "app", to(mirror, "app", "1")));

        assertHoldsNothing(mirror);
        assertThat(failure(mirror, "app"))
                .contains("read blob " + at(world.staging, "app").at(layer.digest()))
                .contains("more than the 99999 bytes that it should have");
    }

    @Test
    void anIndexWhoseChildTheSourceLostIsNamedWithTheChild() throws Exception {
        SampleImage child = image().build();
        RawManifest index = index(child.root().descriptor());
        new SampleImage(child.blobs(), List.of(child.root(), index)).pushTo(world.staging, "app");
        world.staging
                .faults()
                .add(Fault.on(GET_MANIFEST)
                        .reference(child.digest().toString())
                        .answers(404, "MANIFEST_UNKNOWN", Map.of()));
        world.copy(world.job(index.digest(), "app", to(mirror, "app", "1")));

        assertHoldsNothing(mirror);
        assertThat(mirror.counts().total()).isZero();
        assertThat(failure(mirror, "app"))
                .contains(
                        at(world.staging, "app").at(child.digest()).toString(),
                        "its index " + index.digest() + " points to it");
    }
}
