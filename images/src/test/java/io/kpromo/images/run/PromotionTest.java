// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import static io.kpromo.oci.http.Kind.GET_BLOB;
import static io.kpromo.oci.http.Kind.GET_MANIFEST;
import static io.kpromo.oci.http.Kind.HEAD_MANIFEST;
import static io.kpromo.oci.http.Kind.LIST_TAGS;
import static io.kpromo.oci.http.Kind.MOUNT;
import static io.kpromo.oci.http.Kind.POST_UPLOAD;
import static io.kpromo.oci.http.Kind.PUT_BLOB;
import static io.kpromo.oci.http.Kind.PUT_MANIFEST;
import static io.kpromo.oci.http.Kind.PUT_TAG;
import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.plan.Decision;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {
    @TempDir
    Path folder;

    /// The spec's yardstick, with small layers: 8 images of 4 platforms with 3 layers, layer 0 of a platform
    /// shared by all images, 2 tags.
    private static Scene yardstick(Path folder, int mirrors, Feature... without) throws Exception {
        Scene scene = new Scene(folder, mirrors, without);
        for (int i = 0; i < 8; i++) {
            scene.stage("image-" + i, yardstickImage(i), "v1." + i, "latest");
        }
        return scene;
    }

    private static SampleImage yardstickImage(int number) {
        return image().platforms("linux/amd64", "linux/arm64", "linux/ppc64le", "linux/s390x")
                .layers(3)
                .layerSize(5_000)
                .sharedLayers(1)
                .seed(number)
                .build();
    }

    @Test
    void theYardstickTakesTheLeastRequestsThatTheProtocolAllowsAndOneQuestionForEachContent() throws Exception {
        try (Scene scene = yardstick(folder, 3, Feature.SINGLE_POST)) {
            Outcome outcome = scene.promote();

            assertThat(outcome.failed()).isFalse();
            for (Registry mirror : scene.mirrors) {
                assertThat(mirror.counts().byKind())
                        .isEqualTo(Map.of(
                                HEAD_MANIFEST, 16 + 8,
                                POST_UPLOAD, 100,
                                PUT_BLOB, 100,
                                MOUNT, 28,
                                PUT_MANIFEST, 32,
                                PUT_TAG, 16));
                assertThat(mirror.audit()).isEmpty();
            }
            assertThat(scene.staging.counts().byKind()).isEqualTo(Map.of(GET_MANIFEST, 40, GET_BLOB, 100));
        }
    }

    @Test
    void aRegistryThatTakesBlobsWithOnePostGetsThemThatWay() throws Exception {
        try (Scene scene = yardstick(folder, 2)) {
            scene.promote();

            for (Registry mirror : scene.mirrors) {
                assertThat(mirror.counts().of(POST_UPLOAD)).isEqualTo(100);
                assertThat(mirror.counts().of(PUT_BLOB)).isZero();
                assertThat(mirror.audit()).isEmpty();
            }
        }
    }

    @Test
    void aRerunAsksOneQuestionATagAndWritesNothingAndLeavesTheSourceAlone() throws Exception {
        try (Scene scene = yardstick(folder, 3)) {
            scene.promote();

            Outcome again = scene.promote();

            assertThat(again.plan().writes()).isFalse();
            assertThat(again.plan().upToDate()).isEqualTo(8 * 2 * 3);
            scene.mirrors.forEach(mirror -> assertThat(mirror.counts().byKind()).isEqualTo(Map.of(HEAD_MANIFEST, 16)));
            assertThat(scene.staging.counts().total()).isZero();
        }
    }

    @Test
    void aRerunAsksForOneListingARepositoryWhereTheHostHasGooglesForm() throws Exception {
        try (Scene scene = yardstick(folder, 2)) {
            scene.promote();
            Set<Host> hosts = scene.mirrors.stream().map(Registry::host).collect(Collectors.toSet());

            Outcome again =
                    scene.run(Scene.confirmed().with(ObserverOptions.standard().withListing(hosts)));

            assertThat(again.plan().upToDate()).isEqualTo(8 * 2 * 2);
            scene.mirrors.forEach(mirror -> assertThat(mirror.counts().byKind()).isEqualTo(Map.of(LIST_TAGS, 8)));
        }
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        try (Scene scene = yardstick(folder, 1)) {
            Outcome outcome = scene.run(PromotionOptions.standard());

            assertThat(outcome.plan().edges(Decision.Copy.class)).isEqualTo(16);
            assertThat(writes(scene.mirrors.getFirst())).isZero();
            assertThat(outcome.results()).isEmpty();
        }
    }

    @Test
    void aTagThatWouldMoveStopsTheWholeRunBeforeAnyWrite() throws Exception {
        try (Scene scene = new Scene(folder, 2)) {
            scene.stage("app", image().seed(1).build(), "v1")
                    .stage("tool", image().seed(2).build(), "v1");
            image().seed(3).build().pushTo(scene.mirrors.get(1), "prod/app", "v1");

            Outcome outcome = scene.promote();

            assertThat(outcome.refused()).isTrue();
            assertThat(outcome.plan().refusals())
                    .singleElement()
                    .asString()
                    .contains("manifest.yaml:")
                    .contains("v1");
            scene.mirrors.forEach(mirror -> assertThat(writes(mirror)).isZero());
        }
    }

    @Test
    void aTagForWhatIsThereAlreadyIsWrittenWithoutAskingTheSource() throws Exception {
        try (Scene scene = new Scene(folder, 1)) {
            SampleImage app = image().seed(1).build();
            scene.stage("app", app, "v1").promote();
            scene.want("app", app, "v1", "latest");

            Outcome outcome = scene.promote();

            assertThat(outcome.plan().edges(Decision.AddTag.class)).isEqualTo(1);
            assertThat(scene.mirrors.getFirst().counts().byKind())
                    .isEqualTo(Map.of(HEAD_MANIFEST, 2, GET_MANIFEST, 1, PUT_TAG, 1));
            assertThat(scene.staging.counts().total()).isZero();
            assertThat(scene.promote().plan().upToDate()).isEqualTo(2);
        }
    }

    @Test
    void aTagForManyMirrorsTakesOneReadOfTheManifestInAll() throws Exception {
        try (Scene scene = new Scene(folder, 3)) {
            SampleImage app = image().seed(1).build();
            scene.stage("app", app, "v1").promote();
            scene.want("app", app, "v1", "latest");
            Registry askedFirst = scene.mirrors.stream()
                    .min(Comparator.comparing(Registry::host))
                    .orElseThrow();
            askedFirst.faults().add(Fault.on(GET_MANIFEST).answers(403));

            Outcome outcome = scene.promote();

            assertThat(outcome.results().values())
                    .filteredOn(Optional::isPresent)
                    .hasSize(1);
            assertThat(scene.mirrors.stream()
                            .mapToInt(m -> m.counts().of(GET_MANIFEST))
                            .sum())
                    .isEqualTo(2);
            assertThat(scene.mirrors.stream()
                            .mapToInt(m -> m.counts().of(PUT_TAG))
                            .sum())
                    .isEqualTo(2);
        }
    }

    @Test
    void whatTheSourceLostIsReportedAndTheRestGoesOn() throws Exception {
        try (Scene scene = new Scene(folder, 1)) {
            scene.stage("app", image().seed(1).build(), "v1")
                    .want("gone", image().seed(2).build(), "v1");

            Outcome outcome = scene.promote();

            assertThat(outcome.plan().all(Decision.Lost.class)).hasSize(1);
            assertThat(outcome.failed()).isFalse();
            assertThat(scene.mirrors.getFirst().counts().of(PUT_TAG)).isEqualTo(1);
        }
    }

    @Test
    void anUntaggedContentIsWrittenUnderItsDigest() throws Exception {
        try (Scene scene = new Scene(folder, 1)) {
            scene.stage("app", image().seed(1).build());

            scene.promote();

            assertThat(scene.mirrors.getFirst().counts().of(PUT_TAG)).isZero();
            assertThat(scene.promote().plan().upToDate()).isEqualTo(1);
        }
    }

    @Test
    void aDestinationThatRefusesFailsItsOwnEdgesAndTheNextRunCompletesIt() throws Exception {
        try (Scene scene = yardstick(folder, 3)) {
            Registry broken = scene.mirrors.get(1);
            broken.faults().add(Fault.on(POST_UPLOAD).answers(403));

            Outcome outcome = scene.promote();

            assertThat(outcome.failed()).isTrue();
            assertThat(outcome.results().entrySet())
                    .filteredOn(result -> result.getValue().isPresent())
                    .hasSize(8)
                    .allSatisfy(result -> {
                        assertThat(result.getKey().destination().host()).isEqualTo(broken.host());
                        assertThat(result.getValue().orElseThrow())
                                .hasMessageContaining("403")
                                .hasMessageContaining("DENIED")
                                .hasMessageContaining(broken.host().name());
                    });
            broken.faults().clear();
            Outcome healed = scene.promote();
            assertThat(healed.failed()).isFalse();
            assertThat(healed.plan().edges(Decision.Copy.class)).isEqualTo(16);
            assertThat(scene.promote().plan().upToDate()).isEqualTo(8 * 2 * 3);
        }
    }

    @Test
    void anImageOverTheSizeLimitStopsTheRunBeforeAnyWrite() throws Exception {
        try (Scene scene = new Scene(folder, 1)) {
            scene.stage("big", image().layers(2).layerSize(900_000).seed(1).build(), "v1")
                    .stage("small", image().seed(2).build(), "v1");

            Outcome outcome = scene.run(Scene.confirmed().withMaxImageBytes(1 << 20));

            assertThat(outcome.oversized()).singleElement().satisfies(over -> {
                assertThat(over.bytes()).isGreaterThan(1 << 20);
                assertThat(over.decision().destination().path()).isEqualTo("prod/big");
            });
            assertThat(writes(scene.mirrors.getFirst())).isZero();
        }
    }

    @Test
    void everyBlobIsReadOnceAlsoForSeveralRepositoriesOfHostsThatDoNotMount() throws Exception {
        try (Scene scene = yardstick(folder, 2, Feature.MOUNTS, Feature.MOUNTS_FROM_ANYWHERE)) {
            assertThat(scene.promote().failed()).isFalse();

            for (int i = 0; i < 8; i++) {
                for (var blob : yardstickImage(i).blobs()) {
                    assertThat(scene.staging.reads(blob.digest())).isEqualTo(1);
                }
            }
            scene.mirrors.forEach(mirror -> assertThat(mirror.audit()).isEmpty());
        }
    }

    @Test
    void whatARunThatDiedHasSentIsNotSentAgain() throws Exception {
        // A host that is known to take whole blobs is sent small ones without being asked first.
        try (Scene scene = new Scene(folder, 1, Feature.SINGLE_POST)) {
            SampleImage app = image().layers(2).layerSize(200_000).seed(1).build();
            scene.stage("app", app, "v1");
            Registry mirror = scene.mirrors.getFirst();
            mirror.faults().add(Fault.on(PUT_TAG, PUT_MANIFEST).answers(403));
            assertThat(scene.promote().failed()).isTrue();
            mirror.faults().clear();

            assertThat(scene.promote().failed()).isFalse();

            assertThat(scene.staging.reads(app.layer(0))).isZero();
            assertThat(scene.staging.reads(app.layer(1))).isZero();
            assertThat(mirror.audit()).isEmpty();
        }
    }

    @Test
    void withinOneRegistryNoBlobTravels() throws Exception {
        try (Scene scene = new Scene(folder, 0)) {
            scene.mirrors.add(scene.staging);
            SampleImage app =
                    image().platforms("linux/amd64", "linux/arm64").seed(1).build();
            scene.stage("app", app, "v1");

            assertThat(scene.promote().failed()).isFalse();

            assertThat(scene.staging.counts().of(GET_BLOB)).isZero();
            assertThat(scene.staging.counts().of(POST_UPLOAD)).isZero();
            assertThat(scene.staging.audit()).isEmpty();
            assertThat(scene.promote().plan().upToDate()).isEqualTo(1);
        }
    }

    @Test
    void aRegistryThatWillNotBuildOnABlobThatItClaimsToHaveGetsItAgain() throws Exception {
        try (Scene scene = new Scene(folder, 1)) {
            SampleImage app = image().seed(1).build();
            scene.stage("app", app, "v1");
            Registry mirror = scene.mirrors.getFirst();
            mirror.faults().add(Fault.on(PUT_TAG).times(1).missesBlob());

            assertThat(scene.promote().failed()).isFalse();

            assertThat(mirror.counts().of(PUT_TAG)).isEqualTo(2);
            assertThat(mirror.audit()).isEmpty();
        }
    }

    @Test
    void aDigestHeaderThatLiesIsNotBelieved() throws Exception {
        try (Scene scene = new Scene(folder, 1)) {
            scene.stage("app", image().seed(1).build(), "v1");
            scene.mirrors.getFirst().faults().add(Fault.on(PUT_TAG).claimsDigest(Digest.sha256(new byte[] {1})));

            Outcome outcome = scene.promote();

            assertThat(outcome.failed()).isTrue();
            assertThat(outcome.results().values())
                    .allSatisfy(failure -> assertThat(failure.orElseThrow()).hasMessageContaining("stored"));
        }
    }

    private static int writes(Registry mirror) {
        return mirror.counts().byKind().entrySet().stream()
                .filter(count -> !Set.of(Kind.HEAD_MANIFEST, Kind.GET_MANIFEST, Kind.LIST_TAGS)
                        .contains(count.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
