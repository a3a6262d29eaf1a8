// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Manifests of every kind, honest and hostile.
class ManifestReaderTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);
    private static final String C = "sha256:" + "c".repeat(64);

    @Test
    void anImageHasAConfigurationAndLayers() {
        Manifest manifest =
                parse(MediaTypes.OCI_MANIFEST, image(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_LAYER_GZIP, ""));
        assertThat(manifest).isInstanceOf(Manifest.Image.class);
        assertThat(manifest.blobs())
                .extracting(blob -> blob.digest().toString())
                .containsExactly(A, B);
        assertThat(manifest.blobs()).extracting(Descriptor::size).containsExactly(2L, 30L);
        assertThat(manifest.manifests()).isEmpty();
    }

    @Test
    void anIndexHasManifests() {
        Manifest manifest = parse(MediaTypes.OCI_INDEX, index(MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST));
        assertThat(manifest).isInstanceOf(Manifest.Index.class);
        assertThat(manifest.blobs()).isEmpty();
        assertThat(manifest.manifests()).singleElement().satisfies(child -> {
            assertThat(child.digest()).hasToString(A);
            assertThat(child.platform()).map(Platform::toString).contains("linux/arm64/v8");
        });
    }

    @Test
    void dockersListIsAnIndex() {
        assertThat(parse(MediaTypes.DOCKER_LIST, index(MediaTypes.DOCKER_LIST, MediaTypes.DOCKER_MANIFEST)))
                .isInstanceOf(Manifest.Index.class);
    }

    @Test
    void dockersSchema2IsAnImage() {
        assertThat(parse(MediaTypes.DOCKER_MANIFEST, image(MediaTypes.DOCKER_MANIFEST, MediaTypes.OCTETS, "")))
                .isInstanceOf(Manifest.Image.class);
    }

    @Test
    void anIndexMayHoldAnIndex() {
        assertThat(parse(MediaTypes.OCI_INDEX, index(MediaTypes.OCI_INDEX, MediaTypes.OCI_INDEX))
                        .manifests())
                .extracting(Descriptor::mediaType)
                .containsExactly(MediaTypes.OCI_INDEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"signatures\":[]"})
    void schema1HasLayersWithoutSizesEachOnce(String more) {
        String text = "{\"schemaVersion\":1,\"name\":\"a\",\"tag\":\"1\",\"fsLayers\":[{\"blobSum\":\"" + A
                + "\"},{\"blobSum\":\"" + B + "\"},{\"blobSum\":\"" + A + "\"}]" + more + "}";
        Manifest manifest = parse("application/json", text);
        assertThat(manifest)
                .isInstanceOfSatisfying(
                        Manifest.Schema1.class,
                        schema1 -> assertThat(schema1.mediaType())
                                .isEqualTo(
                                        more.isEmpty() ? MediaTypes.DOCKER_SCHEMA1 : MediaTypes.DOCKER_SCHEMA1_SIGNED));
        assertThat(manifest.blobs())
                .extracting(blob -> blob.digest().toString())
                .containsExactly(A, B);
        assertThat(manifest.blobs()).extracting(Descriptor::size).containsOnly(-1L);
    }

    @Test
    void theRetiredArtifactManifestHasBlobsAndNoConfiguration() {
        String text = "{\"mediaType\":\"" + MediaTypes.OCI_ARTIFACT + "\",\"artifactType\":\"x/y\",\"blobs\":["
                + descriptor(MediaTypes.OCTETS, A, 5) + "],\"subject\":" + descriptor(MediaTypes.OCI_MANIFEST, C, 9)
                + "}";
        assertThat(parse(MediaTypes.OCI_ARTIFACT, text)).isInstanceOfSatisfying(Manifest.Image.class, artifact -> {
            assertThat(artifact.config()).isEmpty();
            assertThat(artifact.blobs()).extracting(b -> b.digest().toString()).containsExactly(A);
            assertThat(artifact.subject()).map(s -> s.digest().toString()).contains(C);
            assertThat(artifact.artifactType()).contains("x/y");
        });
    }

    @Test
    void aSubjectIsNothingThatMustBeThere() {
        String text = image(
                MediaTypes.OCI_MANIFEST,
                MediaTypes.OCTETS,
                ",\"subject\":" + descriptor(MediaTypes.OCI_MANIFEST, C, 9));
        Manifest.Image image = (Manifest.Image) parse(MediaTypes.OCI_MANIFEST, text);
        assertThat(image.subject()).isPresent();
        assertThat(image.blobs()).hasSize(2);
        assertThat(image.manifests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"
            })
    void foreignLayersAreSeenButNotCopied(String type) {
        Manifest.Image image =
                (Manifest.Image) parse(MediaTypes.OCI_MANIFEST, image(MediaTypes.OCI_MANIFEST, type, ""));
        assertThat(image.layers()).hasSize(1);
        assertThat(image.blobs()).hasSize(1);
    }

    @Test
    void aHelmChartIsAnImage() {
        String text = image(MediaTypes.OCI_MANIFEST, "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "");
        assertThat(parse(MediaTypes.OCI_MANIFEST, text).blobs()).hasSize(2);
    }

    @Test
    void aManifestThatDoesNotNameItsTypeIsWhatTheRegistryCallsIt() {
        String text = image("", MediaTypes.OCTETS, "");
        assertThat(((Manifest.Image) parse(MediaTypes.DOCKER_MANIFEST, text)).mediaType())
                .isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void aManifestThatNobodyNamesIsKnownByItsShape() {
        assertThat(parse(MediaTypes.OCTETS, image("", MediaTypes.OCTETS, ""))).isInstanceOf(Manifest.Image.class);
        assertThat(parse(MediaTypes.OCTETS, index("", MediaTypes.OCI_MANIFEST))).isInstanceOf(Manifest.Index.class);
    }

    @Test
    void annotationsAreKept() {
        String text = image(MediaTypes.OCI_MANIFEST, MediaTypes.OCTETS, ",\"annotations\":{\"a\":\"b\"}");
        assertThat(((Manifest.Image) parse(MediaTypes.OCI_MANIFEST, text)).annotations())
                .containsEntry("a", "b");
    }

    @Test
    void anIndexThatHoldsLayersIsRefused() {
        refuses(image(MediaTypes.OCI_INDEX, MediaTypes.OCTETS, ""), "holds layers");
    }

    @Test
    void anImageThatHoldsManifestsIsRefused() {
        refuses(image(MediaTypes.OCI_MANIFEST, MediaTypes.OCTETS, ",\"manifests\":[]"), "holds manifests");
    }

    @Test
    void schema1ThatIsAlsoSomethingElseIsRefused() {
        refuses(
                image(MediaTypes.OCI_MANIFEST, MediaTypes.OCTETS, "")
                        .replace("\"schemaVersion\":2", "\"schemaVersion\":1"),
                "schema");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "1", "\"a\"", "{", "{}x", "<html>", "{\"a\":}", "{'a':1}"})
    void whatIsNoJsonObjectIsRefused(String text) {
        refuses(text, "is not valid");
    }

    @Test
    void keysThatStandTwiceAreRefused() {
        refuses(image(MediaTypes.OCI_MANIFEST, MediaTypes.OCTETS, ",\"layers\":[]"), "not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"2\"", "null", "9223372036854775808", "1e400", "true", "[]"})
    void sizesThatAreNoneAreRefused(String size) {
        refuses(
                image(MediaTypes.OCI_MANIFEST, MediaTypes.OCTETS, "").replace("\"size\":30", "\"size\":" + size),
                "is not valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"sha256:00\"", "null", "1", "{}", "\"\"", "\"../../etc\""})
    void digestsThatAreNoneAreRefused(String digest) {
        refuses(image(MediaTypes.OCI_MANIFEST, MediaTypes.OCTETS, "").replace("\"" + B + "\"", digest), "digest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"a\"", "1", "true"})
    void layersThatAreNoListAreRefused(String layers) {
        String text = "{\"schemaVersion\":2,\"config\":" + descriptor(MediaTypes.OCI_CONFIG, A, 2) + ",\"layers\":"
                + layers + "}";
        refuses(text, "layers is not a list");
    }

    @Test
    void layersThatAreNoDescriptorsAreRefused() {
        refuses(
                "{\"schemaVersion\":2,\"config\":" + descriptor(MediaTypes.OCI_CONFIG, A, 2) + ",\"layers\":[1]}",
                "not a descriptor");
    }

    @Test
    void anImageWithoutAConfigurationIsRefused() {
        refuses("{\"schemaVersion\":2,\"layers\":[]}", "it has no config");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        refuses("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "not JSON");
    }

    @Test
    void aManifestThatIsTooLargeIsRefused() {
        refuses("{\"a\":\"" + "x".repeat(Manifest.LARGEST) + "\"}", "more than " + Manifest.LARGEST);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] bytes = image(MediaTypes.OCI_MANIFEST, MediaTypes.OCTETS, ",\"annotations\":{\"a\":\"#\"}")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '#') {
                bytes[i] = (byte) 0xff;
            }
        }
        assertThatExceptionOfType(InvalidManifestException.class)
                .isThrownBy(() -> Manifest.parse(RawManifest.of(MediaTypes.OCI_MANIFEST, bytes)))
                .withMessageContaining("not JSON");
    }

    private static Manifest parse(String type, String text) {
        return Manifest.parse(RawManifest.of(type, text.getBytes(StandardCharsets.UTF_8)));
    }

    /// The error names the manifest and what is wrong with it.
    private static void refuses(String text, String why) {
        RawManifest raw = RawManifest.of(MediaTypes.OCTETS, text.getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(InvalidManifestException.class)
                .isThrownBy(() -> Manifest.parse(raw))
                .withMessageContaining(raw.digest().toString())
                .withMessageContaining(why);
    }

    private static String image(String type, String layerType, String more) {
        return "{\"schemaVersion\":2," + named(type) + "\"config\":" + descriptor(MediaTypes.OCI_CONFIG, A, 2)
                + ",\"layers\":[" + descriptor(layerType, B, 30) + "]" + more + "}";
    }

    private static String index(String type, String childType) {
        return "{\"schemaVersion\":2," + named(type) + "\"manifests\":[{\"mediaType\":\"" + childType
                + "\",\"digest\":\"" + A
                + "\",\"size\":7,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"}}]}";
    }

    private static String named(String type) {
        return type.isEmpty() ? "" : "\"mediaType\":\"" + type + "\",";
    }

    private static String descriptor(String type, String digest, long size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }
}
