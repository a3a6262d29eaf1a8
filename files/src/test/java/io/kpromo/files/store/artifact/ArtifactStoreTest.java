// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.artifact;

import static io.kpromo.oci.http.Kind.GET_MANIFEST;
import static io.kpromo.oci.http.Kind.PATCH_UPLOAD;
import static io.kpromo.oci.http.Kind.POST_UPLOAD;
import static io.kpromo.oci.http.Kind.PUT_BLOB;
import static io.kpromo.oci.http.Kind.PUT_MANIFEST;
import static io.kpromo.oci.http.Kind.PUT_TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Counts;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArtifactStoreTest {
    private static final FileName NAME = new FileName("v1.30.0/linux/kubectl");
    private static final String HOLDER = "prod/linux/kubectl";

    @TempDir
    Path folder;

    private final Registries client =
            new Registries(HttpTransport.open(TransportOptions.standard().withTries(2)));
    private final List<Registry> opened = new ArrayList<>();

    @AfterEach
    void close() {
        client.close();
        opened.forEach(Registry::close);
    }

    @Test
    void aFileIsAnArtifactInTheDocumentedLayout() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStore store = store(registry);
        SampleFile file = SampleFile.small("content");
        store.write(NAME, file, Optional.empty());

        Manifest.Image manifest = (Manifest.Image)
                Manifest.parse(client.manifests().get(store.reference(NAME)).orElseThrow());
        assertThat(store.reference(NAME)).hasToString(registry.host() + "/prod/linux/kubectl:v1.30.0");
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(manifest.artifactType()).contains("application/vnd.kpromo.file.v1");
        assertThat(manifest.config().orElseThrow())
                .isEqualTo(new Descriptor(MediaTypes.EMPTY, Digest.sha256("{}".getBytes(StandardCharsets.UTF_8)), 2));
        assertThat(manifest.annotations()).isEqualTo(Map.of("org.opencontainers.image.version", "v1.30.0"));
        assertThat(manifest.layers())
                .containsExactly(new Descriptor("application/octet-stream", file.sha256(), 7)
                        .with(
                                Optional.empty(),
                                Map.of(
                                        "org.opencontainers.image.title",
                                        "kubectl",
                                        "io.kpromo.file.sha512",
                                        file.sha512().hex())));
        assertThat(registry.folder().contents().read(file.sha256())).isEqualTo(file.content());
        assertThat(registry.audit()).isEmpty();
    }

    @Test
    void theSameFileGivesTheSameManifestOnEveryRegistry() throws Exception {
        ArtifactStore one = store(registry(options -> options));
        ArtifactStore other = store(registry(options -> options.without(Feature.SINGLE_POST)));
        one.write(NAME, SampleFile.small("content"), Optional.empty());
        other.write(NAME, SampleFile.small("content"), Optional.empty());
        assertThat(one.manifest(NAME)).isPresent().isEqualTo(other.manifest(NAME));
    }

    @Test
    void lookingIsOneRequestForEachFileAndWritingThree() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStore store = store(registry);
        FileName other = new FileName("v1.30.0/linux/kubelet");
        assertThat(store.look(List.of(NAME, other))).isEmpty();
        assertThat(registry.counts()).isEqualTo(Counts.none().and(GET_MANIFEST, 2));
        store.write(NAME, SampleFile.small("content"), Optional.empty());
        assertThat(registry.counts())
                .isEqualTo(
                        Counts.none().and(GET_MANIFEST, 2).and(POST_UPLOAD, 2).and(PUT_TAG, 1));

        Map<FileName, StoredFile> found = store.look(List.of(NAME, other));
        assertThat(found)
                .containsOnlyKeys(NAME)
                .hasValueSatisfying(new Condition<>(
                        file -> file.size() == 7
                                && file.sha256()
                                        .equals(Optional.of(
                                                SampleFile.small("content").sha256())),
                        "the file that was written"));
        assertThat(registry.counts().of(GET_MANIFEST)).isEqualTo(4);
    }

    @Test
    void anotherVersionNeedsTheConfigurationNoMore() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStore store = store(registry);
        store.write(NAME, SampleFile.small("content"), Optional.empty());
        registry.resetCounts();
        store.write(new FileName("v1.31.0/linux/kubectl"), SampleFile.small("newer"), Optional.empty());
        assertThat(registry.counts())
                .isEqualTo(Counts.none().and(POST_UPLOAD, 1).and(PUT_TAG, 1));
    }

    @Test
    void aRegistryWithoutTheSinglePostTakesTwoRequestsForEachBlob() throws Exception {
        Registry registry = registry(options -> options.without(Feature.SINGLE_POST));
        store(registry).write(NAME, SampleFile.small("content"), Optional.empty());
        assertThat(registry.counts())
                .isEqualTo(Counts.none().and(POST_UPLOAD, 2).and(PUT_BLOB, 2).and(PUT_TAG, 1));
    }

    @Test
    void aLargeFileIsReadOnceAndItsSha512Recorded() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStore store = store(registry);
        SampleFile file = SampleFile.large(9 << 20);
        store.write(NAME, file, Optional.empty());
        assertThat(file.taken()).isEqualTo(file.size());
        assertRight(registry, store, file);
    }

    @Test
    void anUploadThatBreaksGoesOn() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStore store = store(registry);
        SampleFile file = SampleFile.large(65 << 20);
        registry.faults().add(Fault.on(PATCH_UPLOAD).times(1).resetsWhileReading(10 << 20));
        store.write(NAME, file, Optional.empty());
        assertThat(registry.faults().strikes()).isEqualTo(1);
        assertThat(registry.counts().of(PATCH_UPLOAD)).isEqualTo(2);
        assertRight(registry, store, file);
    }

    @Test
    void anUploadThatIsBegunAgainIsWhole() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStore store = store(registry);
        SampleFile file = SampleFile.large(9 << 20);
        registry.faults().add(Fault.on(PUT_BLOB).times(1).resetsWhileReading(1 << 20));
        store.write(NAME, file, Optional.empty());
        assertThat(registry.faults().strikes()).isEqualTo(1);
        assertRight(registry, store, file);
    }

    @Test
    void contentThatIsThereAlreadyIsNotReadAgain() throws Exception {
        Registry registry = registry(options -> options);
        SampleFile file = SampleFile.large(9 << 20);
        store(registry).write(new FileName("v1.29.0/linux/kubectl"), file, Optional.empty());
        registry.resetCounts();
        long before = file.taken();
        ArtifactStore store = store(registry);
        store.write(NAME, file, Optional.empty());
        assertThat(registry.counts().of(PUT_BLOB)).isZero();
        assertThat(file.taken()).isEqualTo(before);
        assertRight(registry, store, file);
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStore store = store(registry);
        store.write(NAME, SampleFile.small(""), Optional.empty());
        assertThat(store.inspect(NAME).orElseThrow().size()).isZero();
        assertThat(registry.audit()).isEmpty();
    }

    @Test
    void aRegistryThatLiesAboutWhatItHoldsIsGivenAllOfItAgain() throws Exception {
        Registry registry = registry(options -> options);
        registry.faults().add(Fault.on(PUT_MANIFEST, PUT_TAG).times(1).missesBlob());
        ArtifactStore store = store(registry);
        SampleFile file = SampleFile.large(9 << 20);
        store.write(NAME, file, Optional.empty());
        assertThat(registry.faults().strikes()).isEqualTo(1);
        assertRight(registry, store, file);
    }

    @Test
    void whatIsNoFileIsThereAndNeverRight() throws Exception {
        Registry registry = registry(options -> options);
        SampleImage image = SampleImage.indexOf(SampleImage.image().build());
        image.pushTo(registry, HOLDER, "v1.30.0");
        StoredFile found = store(registry).inspect(NAME).orElseThrow();
        assertThat(found.sha256()).contains(image.digest());
        assertThat(found.version()).isEqualTo(image.digest().toString());
    }

    @Test
    void aFileIsReadBack() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStore store = store(registry);
        store.write(NAME, SampleFile.small("content"), Optional.empty());
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        store.read(NAME, store.inspect(NAME).orElseThrow(), new BlobIntake() {
            @Override
            public long offset() {
                return read.size();
            }

            @Override
            public void take(InputStream more) throws IOException {
                more.transferTo(read);
            }
        });
        assertThat(read.toString(StandardCharsets.UTF_8)).isEqualTo("content");
    }

    @Test
    void namesThatNoRepositoryCanHaveAreRefusedBeforeAnyRequest() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStore store = store(registry);
        assertThatThrownBy(() -> store.look(List.of(NAME, new FileName("read me"))))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("no repository for oci://" + registry.host() + "/prod/read me: ")
                .hasMessageEndingWith("rename the file, or promote it to another kind of store");
        assertThatThrownBy(() -> store.look(List.of(new FileName("README"), new FileName("readme"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(" would be " + registry.host() + "/prod/readme:latest; rename one of them");
        assertThat(registry.counts().total()).isZero();
    }

    @Test
    void noTwoFilesAreOneArtifactThoughTheirBasesDiffer() throws Exception {
        Registry registry = registry(options -> options);
        ArtifactStores stores = new ArtifactStores(client);
        String registryOf = "oci://" + registry.host();
        ArtifactStore tools = stores.open(Base.parse(registryOf + "/tools"));
        assertThat(tools.look(List.of(NAME))).isEmpty();
        for (String other : List.of("/v1.30.0/tools", "/Tools/v1.30.0")) {
            ArtifactStore overlapping = stores.open(Base.parse(registryOf + other));
            assertThatThrownBy(() -> overlapping.look(List.of(new FileName("linux/kubectl"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("both %1$s/tools/%2$s and %1$s%3$s/linux/kubectl would be %4$s; rename one of them"
                            .formatted(registryOf, NAME, other, tools.reference(NAME)));
        }
        assertThat(tools.look(List.of(NAME))).isEmpty();
    }

    @Test
    void aRegistryThatRefusesIsNamed() throws Exception {
        Registry registry = registry(options -> options.withReadOnly(true));
        assertThatThrownBy(() -> store(registry).write(NAME, SampleFile.small("content"), Optional.empty()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(registry.host() + "/prod/linux/kubectl");
    }

    private void assertRight(Registry registry, ArtifactStore store, SampleFile file) throws Exception {
        Manifest.Image manifest = (Manifest.Image)
                Manifest.parse(client.manifests().get(store.reference(NAME)).orElseThrow());
        assertThat(manifest.layers().getFirst().annotations())
                .containsEntry("io.kpromo.file.sha512", file.sha512().hex());
        assertThat(registry.folder().repository(HOLDER).blob(file.sha256())).contains(file.size());
        assertThat(registry.audit()).isEmpty();
    }

    private ArtifactStore store(Registry registry) {
        return new ArtifactStores(client).open(Base.parse("oci://" + registry.host() + "/prod"));
    }

    private Registry registry(UnaryOperator<RegistryOptions> shape) throws IOException {
        Registry registry = Registry.open(shape.apply(RegistryOptions.in(folder.resolve("r" + opened.size()))));
        opened.add(registry);
        return registry;
    }
}
