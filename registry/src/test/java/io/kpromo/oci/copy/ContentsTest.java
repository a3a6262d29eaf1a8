// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import static io.kpromo.oci.copy.HandMade.index;
import static io.kpromo.oci.copy.World.assertHolds;
import static io.kpromo.oci.copy.World.at;
import static io.kpromo.oci.copy.World.to;
import static io.kpromo.oci.http.Kind.GET_BLOB;
import static io.kpromo.oci.http.Kind.GET_MANIFEST;
import static io.kpromo.oci.http.Kind.HEAD_BLOB;
import static io.kpromo.oci.http.Kind.PUT_MANIFEST;
import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.registry.Registry;
import io.kpromo.registry.sample.SampleBlob;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// All kinds of contents arrive.
@Timeout(120)
class ContentsTest {
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
    void dockersTypesArriveAsTheyAre() throws Exception {
        Registry mirror = world.registry(options -> options);
        SampleImage image = image().docker().platforms(PLATFORMS).layers(2).build();
        world.copy(world.job(image, "app", to(mirror, "app", "1")));

        assertHolds(mirror, "app", "1", image);
        assertThat(mirror.folder()
                        .repository("app")
                        .manifest(image.digest())
                        .orElseThrow()
                        .mediaType())
                .isEqualTo(MediaTypes.DOCKER_LIST);
    }

    @Test
    void foreignLayersStayWhereTheyAre() throws Exception {
        Registry mirror = world.registry(options -> options);
        SampleImage image = image().foreignLayer().build();
        world.copy(world.job(image, "app", to(mirror, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertThat(world.staging.counts().of(GET_BLOB)).isEqualTo(2);
        assertHolds(mirror, "app", "1", image);
    }

    @Test
    void anArtifactGoesWithoutItsSubject() throws Exception {
        Registry mirror = world.registry(options -> options);
        SampleImage artifact =
                image().subject(image().seed(7).build().root()).seed(8).build();
        world.copy(world.job(artifact, "app", to(mirror, "app", "sig")));

        assertThat(world.told().failures()).isEmpty();
        assertHolds(mirror, "app", "sig", artifact);
        assertThat(mirror.folder().repository("app").manifests()).hasSize(1);
    }

    @Test
    void indexesOfIndexesArriveChildrenFirst() throws Exception {
        Registry mirror = world.registry(options -> options);
        SampleImage inner = image().platforms(PLATFORMS).build();
        RawManifest outer = index(inner.root().descriptor());
        RawManifest outermost = index(outer.descriptor(), inner.root().descriptor());
        SampleImage all = new SampleImage(inner.blobs(), manifests(inner, outer, outermost));
        world.copy(world.job(all, "app", to(mirror, "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertThat(world.staging.counts().of(GET_MANIFEST)).isEqualTo(5);
        assertThat(mirror.counts().of(PUT_MANIFEST)).isEqualTo(4);
        assertHolds(mirror, "app", "1", all);
    }

    @Test
    void schema1ArrivesThoughItTellsNoSizes() throws Exception {
        List<Registry> mirrors = world.mirrors(2);
        SampleBlob layer = SampleBlob.random(MediaTypes.OCTETS, 150_000, 5);
        RawManifest manifest = RawManifest.of(
                MediaTypes.DOCKER_SCHEMA1,
                ("{\"schemaVersion\":1,\"name\":\"app\",\"tag\":\"1\",\"architecture\":\"amd64\",\"fsLayers\":[{\"blobSum\":\""
                                + layer.digest() + "\"},{\"blobSum\":\"" + layer.digest()
                                + "\"}],\"history\":[{\"v1Compatibility\":\"{}\"},{\"v1Compatibility\":\"{}\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        SampleImage image = new SampleImage(List.of(layer), List.of(manifest));
        world.copy(world.job(image, "app", to(mirrors.get(0), "app", "1"), to(mirrors.get(1), "app", "1")));

        assertThat(world.told().failures()).isEmpty();
        assertThat(world.staging.counts().of(HEAD_BLOB)).isEqualTo(1);
        assertThat(world.staging.counts().of(GET_BLOB)).isEqualTo(1);
        for (Registry mirror : mirrors) {
            assertThat(mirror.folder().repository("app").blob(layer.digest())).contains(150_000L);
            assertThat(mirror.folder().contents().read(manifest.digest())).isEqualTo(manifest.bytes());
        }
    }

    @Test
    void manifestsThatContentsShareAreFetchedOnce() throws Exception {
        Registry mirror = world.registry(options -> options);
        SampleImage inner = image().platforms(PLATFORMS).build();
        RawManifest outer = index(inner.root().descriptor());
        SampleImage all = new SampleImage(inner.blobs(), manifests(inner, outer));
        all.pushTo(world.staging, "app");
        SourceTrees trees = new SourceTrees(world.client().manifests());
        trees.tree(at(world.staging, "app"), inner.digest());
        trees.tree(at(world.staging, "app"), outer.digest());
        trees.tree(at(world.staging, "app"), outer.digest());

        assertThat(world.staging.counts().of(GET_MANIFEST)).isEqualTo(4);
        assertThat(mirror.counts().total()).isZero();
    }

    private static List<RawManifest> manifests(SampleImage image, RawManifest... more) {
        List<RawManifest> all = new ArrayList<>(image.manifests());
        all.addAll(List.of(more));
        return all;
    }
}
