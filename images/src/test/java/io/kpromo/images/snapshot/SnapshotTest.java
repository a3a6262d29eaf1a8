// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.manifest.ImageLists;
import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.sample.SampleTree;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotTest {
    private static final Digest A = Digest.parse("sha256:" + "a".repeat(64));
    private static final Digest B = Digest.parse("sha256:" + "b".repeat(64));
    private static final Digest C = Digest.parse("sha256:" + "c".repeat(64));

    @TempDir
    private Path folder;

    @Test
    void yamlIsSortedByNameDigestAndTag() throws Exception {
        assertThat(written(sample().build(), SnapshotFormat.YAML)).isEqualTo("""
                        - name: a
                          dmap:
                            "AAA": ["1.0", "latest"]
                            "BBB": []
                        - name: b/c
                          dmap:
                            "CCC": ["x"]
                        """.replace("AAA", A.toString())
                .replace("BBB", B.toString())
                .replace("CCC", C.toString()));
    }

    @Test
    void csvHasALineForATagAndForADigestWithoutTags() throws Exception {
        assertThat(written(sample().build(), SnapshotFormat.CSV)).isEqualTo("""
                        a@AAA,a:1.0
                        a@AAA,a:latest
                        a@BBB,-
                        b/c@CCC,b/c:x
                        """.replace("AAA", A.toString())
                .replace("BBB", B.toString())
                .replace("CCC", C.toString()));
    }

    @Test
    void aMinimalSnapshotLeavesOutUntaggedChildren() throws Exception {
        Snapshot snapshot = new SnapshotBuilder()
                .child("a", A)
                .child("a", B)
                .child("b", C)
                .digest("a", A)
                .tags("a", B, List.of(new Tag("x")))
                .digest("a", C)
                .digest("b", C)
                .build();
        assertThat(written(snapshot.minimal(), SnapshotFormat.CSV)).isEqualTo("a@" + B + ",a:x\na@" + C + ",-\n");
        assertThat(written(snapshot, SnapshotFormat.CSV)).hasLineCount(4);
    }

    @Test
    void aSnapshotOfOneTagShowsOnlyThatTag() throws Exception {
        assertThat(written(sample().build().tagged(new Tag("latest")), SnapshotFormat.CSV))
                .isEqualTo("a@" + A + ",a:latest\n");
        assertThat(sample().build().tagged(new Tag("none")).images()).isEmpty();
    }

    @Test
    void aRepositoryOfChildrenAloneIsNone() {
        assertThat(new SnapshotBuilder().child("a", A).build().images()).isEmpty();
    }

    @Test
    void tagsOfOneDigestFromSeveralManifestsAreCollected() throws Exception {
        Snapshot snapshot = wanted("gcr.io/de", image("x", A, "b") + image("x", A, "a"));
        assertThat(written(snapshot, SnapshotFormat.YAML))
                .isEqualTo("- name: x\n  dmap:\n    \"" + A + "\": [\"a\", \"b\"]\n");
    }

    @Test
    void theRestOfADestinationsPathStandsBeforeTheName() throws Exception {
        assertThat(wanted("gcr.io", image("x", A, "a")).images())
                .extracting(Snapshot.Image::name)
                .containsExactly("d/sub/x", "d/x", "de/x");
        assertThat(wanted("gcr.io/d", image("x", A, "a")).images())
                .extracting(Snapshot.Image::name)
                .containsExactly("sub/x", "x");
        assertThat(wanted("gcr.io/d/sub/x", image("x", A, "a")).images())
                .extracting(Snapshot.Image::name)
                .containsExactly("x");
        assertThat(wanted("gcr.io/nothing", image("x", A, "a")).images()).isEmpty();
    }

    @Test
    void theRealTreeIsSnapshotAndReadBack() throws Exception {
        Manifests manifests = Manifests.thinTree(Path.of("src/test/resources/registry.k8s.io"));
        Snapshot snapshot = Snapshot.of(
                DesiredState.of(manifests.all()),
                RegistryName.parse("us-east1-docker.pkg.dev/k8s-artifacts-prod/images"));
        assertThat(snapshot.images())
                .extracting(Snapshot.Image::name)
                .containsExactly("artifact-promoter/cip", "artifact-promoter/kpromo", "artifact-promoter/vulndash");
        String yaml = written(snapshot, SnapshotFormat.YAML);
        assertThat(yaml)
                .contains("\"sha256:883e37aa7651b801a2ed55afc774c2b06caa8756a84f43ed5632dc36a92984c0\": "
                        + "[\"20201027-pkgv0.3.0-7-gf131ef2\", \"v2.4.1\"]");
        assertThat(ImageLists.parse(yaml).stream()
                        .mapToInt(i -> i.entries().size())
                        .sum())
                .isEqualTo(28);
        assertThat(written(snapshot, SnapshotFormat.CSV)).hasLineCount(30);
    }

    @Test
    void theBigProjectOfAGeneratedTreeIsSnapshot() throws Exception {
        SampleTree.standard().write(folder);
        DesiredState desired = DesiredState.of(Manifests.thinTree(folder).all());
        Snapshot snapshot = Snapshot.of(
                desired, RegistryName.parse("region-00-docker.pkg.dev/k8s-artifacts-prod/images/kubernetes"));
        assertThat(snapshot.images())
                .hasSize(40)
                .isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
        assertThat(snapshot.images().stream().mapToInt(i -> i.contents().size()).sum())
                .isEqualTo(9000);
    }

    private static SnapshotBuilder sample() {
        return new SnapshotBuilder()
                .tags("b/c", C, List.of(new Tag("x")))
                .digest("a", B)
                .tags("a", A, List.of(new Tag("latest"), new Tag("1.0")));
    }

    private Snapshot wanted(String registry, String images) throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.yaml"),
                "registries: [{name: eu.gcr.io/s, src: true}, {name: gcr.io/d}, {name: gcr.io/d/sub}, {name: gcr.io/de}]\n"
                        + "images:\n" + images);
        return Snapshot.of(DesiredState.of(Manifests.plain(file).all()), RegistryName.parse(registry));
    }

    private static String image(String name, Digest digest, String tag) {
        return "- {name: " + name + ", dmap: {" + digest + ": [" + tag + "]}}\n";
    }

    private static String written(Snapshot snapshot, SnapshotFormat format) throws IOException {
        StringBuilder out = new StringBuilder();
        format.write(snapshot, out);
        return out.toString();
    }
}
