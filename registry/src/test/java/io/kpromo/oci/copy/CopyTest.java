// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import static io.kpromo.oci.copy.World.assertHolds;
import static io.kpromo.oci.copy.World.to;
import static io.kpromo.oci.http.Kind.GET_BLOB;
import static io.kpromo.oci.http.Kind.GET_MANIFEST;
import static io.kpromo.oci.http.Kind.MOUNT;
import static io.kpromo.oci.http.Kind.POST_UPLOAD;
import static io.kpromo.oci.http.Kind.PUT_BLOB;
import static io.kpromo.oci.http.Kind.PUT_MANIFEST;
import static io.kpromo.oci.http.Kind.PUT_TAG;
import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.client.HostFacts.Ability;
import io.kpromo.oci.feed.Feed;
import io.kpromo.registry.Counts;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.registry.store.RepositoryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a copy costs.
@Timeout(120)
class CopyTest {
    private static final String[] PLATFORMS = {"linux/amd64", "linux/arm64"};

    @TempDir
    private Path folder = Path.of("");

    private World world;

    @BeforeEach
    void start() throws IOException {
        world = new World(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void theYardstickInSmallCostsTheLeastThatTheProtocolAllows() throws Exception {
        List<Registry> mirrors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            mirrors.add(world.registry(options -> options.without(Feature.SINGLE_POST)));
        }
        List<SampleImage> images = new ArrayList<>();
        List<CopyJob> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String path = "image-" + i;
            SampleImage image = image().platforms(PLATFORMS)
                    .layers(3)
                    .sharedLayers(1)
                    .layerSize(100_000)
                    .seed(i)
                    .build();
            images.add(image);
            jobs.add(world.job(
                    image,
                    path,
                    mirrors.stream().map(m -> to(m, path, "1.0", "latest")).toArray(Delivery[]::new)));
        }
        world.copy(jobs.toArray(CopyJob[]::new));

        assertThat(world.told().failures()).isEmpty();
        // 4 images of 2 platforms with a config and 3 layers, the first of which is the platform's in all images.
        int blobs = 4 * 2 * 3 + 2;
        assertThat(world.staging.counts())
                .isEqualTo(Counts.none().and(GET_MANIFEST, 4 * 3).and(GET_BLOB, blobs));
        for (Registry mirror : mirrors) {
            assertThat(mirror.counts())
                    .isEqualTo(Counts.none()
                            .and(POST_UPLOAD, blobs)
                            .and(PUT_BLOB, blobs)
                            .and(MOUNT, 4 * 2 - 2)
                            .and(PUT_MANIFEST, 4 * 2)
                            .and(PUT_TAG, 4 * 2));
            for (int i = 0; i < 4; i++) {
                assertHolds(mirror, "image-" + i, "latest", images.get(i));
            }
        }
    }

    @Test
    void eachBlobIsReadOnceForManyHostsAndRepositories() throws Exception {
        SampleImage image = image().layers(2).layerSize(300_000).build();
        List<Registry> mirrors = world.mirrors(3);
        List<Delivery> deliveries = new ArrayList<>();
        for (Registry mirror : mirrors) {
            deliveries.add(to(mirror, "a", "1"));
            deliveries.add(to(mirror, "b/c", "1"));
            deliveries.add(to(mirror, "d", "1"));
        }
        world.copy(world.job(image, "app", deliveries.toArray(Delivery[]::new)));

        assertThat(world.told().failures()).isEmpty();
        image.blobs()
                .forEach(blob -> assertThat(world.staging.reads(blob.digest())).isEqualTo(1));
        for (Registry mirror : mirrors) {
            assertThat(mirror.counts().of(MOUNT)).isEqualTo(2 * 3);
            assertHolds(mirror, "d", "1", image);
        }
    }

    @Test
    void largeBlobsAreReadOnceToo() throws Exception {
        SampleImage image = image().layers(3).layerSize(1_500_000).build();
        List<Registry> mirrors = world.mirrors(3);
        world.copy(
                CopyOptions.standard().withSmall(0),
                world.job(
                        image,
                        "app",
                        mirrors.stream().map(m -> to(m, "app", "1")).toArray(Delivery[]::new)));

        image.blobs()
                .forEach(blob -> assertThat(world.staging.reads(blob.digest())).isEqualTo(1));
        assertThat(world.staging.traffic().bytesSent()).isLessThan(image.size() + 10_000);
        for (Registry mirror : mirrors) {
            assertHolds(mirror, "app", "1", image);
        }
    }

    @Test
    void moreLargeBlobsThanStreamsShareASmallWindow() throws Exception {
        Registry mirror = world.registry(options -> options);
        CopyOptions tight = CopyOptions.standard().withSmall(0).withStreams(2).withWindow(8L * Feed.PIECE);
        List<CopyJob> jobs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            SampleImage image = image().layers(2).layerSize(700_000).seed(i).build();
            jobs.add(world.job(image, "app-" + i, to(mirror, "app-" + i, "1")));
        }
        world.copy(tight, jobs.toArray(CopyJob[]::new));

        assertThat(world.told().failures()).isEmpty();
        assertThat(world.told().done()).hasSize(12);
        assertThat(world.staging.counts().of(GET_BLOB)).isEqualTo(12 * 3);
        assertThat(mirror.audit()).isEmpty();
    }

    @Test
    void manySmallBlobsThatFillTheWindowDoNotBlockEachOther() throws Exception {
        List<Registry> mirrors = world.mirrors(2);
        CopyOptions tight = CopyOptions.standard().withStreams(2).withWindow(12L * Feed.PIECE);
        List<CopyJob> jobs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String path = "app-" + i;
            SampleImage image = image().layers(4).layerSize(190_000).seed(i).build();
            jobs.add(world.job(image, path, to(mirrors.get(0), path, "1"), to(mirrors.get(1), path, "1")));
        }
        world.copy(tight, jobs.toArray(CopyJob[]::new));

        assertThat(world.told().failures()).isEmpty();
        assertThat(world.staging.counts().of(GET_BLOB)).isEqualTo(12 * 5);
    }

    @Test
    void aHostThatTakesWholeBlobsIsAskedOnceForEach() throws Exception {
        Registry mirror = world.registry(options -> options);
        world.copy(world.job(image().seed(1).build(), "first", to(mirror, "first", "1")));
        mirror.resetCounts();
        SampleImage image = image().layers(2).layerSize(500_000).seed(2).build();
        world.copy(world.job(image, "second", to(mirror, "second", "1")));

        assertThat(mirror.counts()).isEqualTo(Counts.none().and(POST_UPLOAD, 3).and(PUT_TAG, 1));
        assertHolds(mirror, "second", "1", image);
    }

    @Test
    void aHostThatDoesNotTakeWholeBlobsIsNotOfferedAnyAgain() throws Exception {
        Registry mirror = world.registry(options -> options.without(Feature.SINGLE_POST));
        world.copy(world.job(image().seed(1).build(), "first", to(mirror, "first", "1")));
        long before = mirror.traffic().bytesReceived();
        SampleImage image = image().layers(2).layerSize(30_000).seed(2).build();
        world.copy(world.job(image, "second", to(mirror, "second", "1")));

        assertThat(mirror.traffic().bytesReceived() - before)
                .isEqualTo(image.size() + image.root().bytes().length);
    }

    @Test
    void aHostWithoutMountsIsServedFromTheSameRead() throws Exception {
        Registry mirror = world.registry(options -> options.without(Feature.MOUNTS, Feature.MOUNTS_FROM_ANYWHERE));
        SampleImage image = image().layers(3).layerSize(200_000).build();
        world.copy(world.job(image, "app", to(mirror, "a", "1"), to(mirror, "b", "1"), to(mirror, "c", "1")));

        assertThat(world.told().failures()).isEmpty();
        image.blobs()
                .forEach(blob -> assertThat(world.staging.reads(blob.digest())).isEqualTo(1));
        assertThat(mirror.counts().of(MOUNT)).isZero();
        assertHolds(mirror, "c", "1", image);
    }

    @Test
    void aHostThatIsKnownNotToMountGetsLargeBlobsFromTheSameReadToo() throws Exception {
        Registry mirror = world.registry(options -> options.without(Feature.MOUNTS, Feature.MOUNTS_FROM_ANYWHERE));
        world.client().facts().learned(mirror.host(), Ability.MOUNT, false);
        SampleImage image = image().layers(4).layerSize(900_000).build();
        Delivery[] deliveries = new Delivery[7];
        for (int i = 0; i < deliveries.length; i++) {
            deliveries[i] = to(mirror, "app-" + i, "1");
        }
        world.copy(CopyOptions.standard().withSmall(0), world.job(image, "app", deliveries));

        assertThat(world.told().failures()).isEmpty();
        image.blobs()
                .forEach(blob -> assertThat(world.staging.reads(blob.digest())).isEqualTo(1));
        assertHolds(mirror, "app-6", "1", image);
    }

    @Test
    void insideOneHostNothingIsReadAndNothingSent() throws Exception {
        SampleImage image = image().platforms(PLATFORMS).layerSize(200_000).build();
        world.copy(world.job(image, "staging/app", to(world.staging, "prod/app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertThat(world.staging.counts())
                .isEqualTo(Counts.none()
                        .and(GET_MANIFEST, 3)
                        .and(MOUNT, 4)
                        .and(PUT_MANIFEST, 2)
                        .and(PUT_TAG, 1));
        assertHolds(world.staging, "prod/app", "1", image);
    }

    @Test
    void whatADiedRunHasSentIsNotSentAgain() throws Exception {
        // A host that is known to take whole blobs is sent small ones without being asked first.
        Registry mirror = world.registry(options -> options.without(Feature.SINGLE_POST));
        SampleImage image = image().layers(3).layerSize(200_000).build();
        image.pushTo(mirror, "app");
        RepositoryFolder died = mirror.folder().repository("app");
        died.deleteManifest(image.digest());
        world.copy(world.job(image, "app", to(mirror, "app", "1")));

        for (int i = 0; i < 3; i++) {
            assertThat(world.staging.reads(image.layer(i))).isZero();
        }
        assertThat(mirror.counts().of(MOUNT)).isEqualTo(3);
        // The configuration is so small that it is offered whole to a host that isn't known yet.
        assertThat(mirror.counts().of(PUT_BLOB)).isEqualTo(1);
        assertHolds(mirror, "app", "1", image);
    }

    @Test
    void aContentWithoutTagsIsWrittenUnderItsDigest() throws Exception {
        Registry mirror = world.registry(options -> options);
        SampleImage image = image().build();
        world.copy(world.job(image, "app", to(mirror, "app")));

        assertThat(mirror.counts().of(PUT_MANIFEST)).isEqualTo(1);
        assertThat(mirror.folder().repository("app").tags()).isEmpty();
        assertThat(mirror.folder().repository("app").manifest(image.digest())).isPresent();
    }

    @Test
    void aRerunAfterHalfTheDestinationsCompletesTheRest() throws Exception {
        List<Registry> mirrors = world.mirrors(2);
        SampleImage image = image().platforms(PLATFORMS).layerSize(100_000).build();
        world.copy(world.job(image, "app", to(mirrors.get(0), "app", "1")));
        world.copy(world.job(image, "app", to(mirrors.get(1), "app", "1")));

        assertHolds(mirrors.get(0), "app", "1", image);
        assertHolds(mirrors.get(1), "app", "1", image);
    }
}
