// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import static io.kpromo.oci.http.Kind.GET_MANIFEST;
import static io.kpromo.oci.http.Kind.HEAD_MANIFEST;
import static io.kpromo.oci.http.Kind.PUT_MANIFEST;
import static io.kpromo.oci.http.Kind.PUT_TAG;
import static io.kpromo.oci.http.Kind.REFERRERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.copy.Artifacts;
import io.kpromo.oci.copy.Artifacts.Blob;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Counts;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.fault.Gate;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReferrersTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Time NO_SLEEP = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) {}
    };

    @TempDir
    Path folder;

    private final SampleImage image = SampleImage.image().build();
    private final List<Registries> clients = new ArrayList<>();
    private Registry api;
    private Registry plain;

    @BeforeEach
    void start() throws Exception {
        api = Registry.open(RegistryOptions.in(folder.resolve("api")));
        plain = Registry.open(RegistryOptions.in(folder.resolve("plain")).without(Feature.REFERRERS_API));
        for (Registry registry : List.of(api, plain)) {
            image.pushTo(registry, "app");
            registry.folder().repository("app").addBlob(empty(registry));
        }
    }

    @AfterEach
    void stop() {
        clients.forEach(Registries::close);
        api.close();
        plain.close();
    }

    private static Digest empty(Registry registry) throws Exception {
        byte[] bytes = {'{', '}'};
        registry.folder().contents().add(Digest.Algorithm.SHA256, bytes);
        return Digest.sha256(bytes);
    }

    /// A client that knows nothing yet, as a process that has just started.
    private Registries client() {
        Registries client =
                new Registries(HttpTransport.open(TransportOptions.standard().withTries(2)));
        clients.add(client);
        return client;
    }

    private static Repository app(Registry registry) {
        return new Repository(registry.host(), "app");
    }

    private RawManifest artifact(String name) {
        return ManifestWriter.image(
                Optional.of("application/x-" + name),
                Blob.EMPTY.descriptor(MediaTypes.EMPTY),
                List.of(Blob.EMPTY.descriptor(MediaTypes.EMPTY)),
                Optional.of(image.root().descriptor()),
                Map.of("name", name));
    }

    private List<Descriptor> listed(Registry registry) throws InterruptedException {
        return client().referrers().list(app(registry), image.digest(), Optional.empty());
    }

    private static Descriptor entry(RawManifest artifact, String name) {
        return artifact.descriptor().with(Optional.of("application/x-" + name), Map.of("name", name));
    }

    @Test
    void aRegistryWithTheApiIsAskedOnceToAttach() throws Exception {
        client().referrers().attach(app(api), artifact("a"));

        assertThat(api.counts()).isEqualTo(Counts.none().and(PUT_MANIFEST, 1));
        assertThat(listed(api)).containsExactly(entry(artifact("a"), "a"));
    }

    @Test
    void withoutTheApiTheTagIsReadWrittenAndReadBack() throws Exception {
        client().referrers().attach(app(plain), artifact("a"));

        assertThat(plain.counts())
                .isEqualTo(Counts.none()
                        .and(PUT_MANIFEST, 1)
                        .and(GET_MANIFEST, 1)
                        .and(PUT_TAG, 1)
                        .and(HEAD_MANIFEST, 1));
        assertThat(listed(plain)).containsExactly(entry(artifact("a"), "a"));
    }

    @Test
    void aHostWithoutTheApiIsAskedForItOnce() throws Exception {
        Registries client = client();
        client.referrers().list(app(plain), image.digest(), Optional.empty());
        client.referrers().list(app(plain), image.digest(), Optional.empty());

        assertThat(plain.counts()).isEqualTo(Counts.none().and(REFERRERS, 1).and(GET_MANIFEST, 2));
    }

    @Test
    void attachingTwiceListsOnce() throws Exception {
        for (Registry registry : List.of(api, plain)) {
            client().referrers().attach(app(registry), artifact("a"));
            client().referrers().attach(app(registry), artifact("a"));

            assertThat(listed(registry)).hasSize(1);
        }
    }

    @Test
    void theFilterIsAppliedWhereTheRegistryDoesNot() throws Exception {
        client().referrers().attach(app(plain), artifact("a"));
        client().referrers().attach(app(plain), artifact("b"));

        assertThat(client().referrers().list(app(plain), image.digest(), Optional.of("application/x-b")))
                .containsExactly(entry(artifact("b"), "b"));
    }

    @Test
    void whatOthersListedStaysWithAllItsFields() throws Exception {
        String others = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","org.example":{"x":1.50},
                "manifests":[{"digest":"%s","mediaType":"%s","size":%d,"data":"e30=","platform":{"os":"linux","architecture":"s390x"},
                "annotations":{"b":"2","a":"1"},"unknown":[1,2.0,null,{"deep":true}]}],"annotations":{"k":"v"}}""".formatted(
                artifact("z").digest(), MediaTypes.OCI_MANIFEST, artifact("z").bytes().length);
        Registries client = client();
        client.manifests().put(app(plain).at(artifact("z").digest()), artifact("z"));
        client.manifests()
                .put(
                        app(plain).at(Referrers.tag(image.digest())),
                        RawManifest.of(MediaTypes.OCI_INDEX, others.getBytes(StandardCharsets.UTF_8)));

        client.referrers().attach(app(plain), artifact("a"));

        byte[] bytes = client.manifests()
                .get(app(plain).at(Referrers.tag(image.digest())))
                .orElseThrow()
                .bytes();
        JsonNode before = JSON.readTree(others);
        JsonNode after = JSON.readTree(bytes);
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .contains("{\"x\":1.50}")
                .contains("[1,2.0,null,");
        assertThat(after.path("manifests").get(0))
                .isEqualTo(before.path("manifests").get(0));
        assertThat(after.path("manifests")).hasSize(2);
        assertThat(after.path("annotations")).isEqualTo(before.path("annotations"));
    }

    @Test
    void aTagThatIsNoListIsNeitherReadAsNoneNorWrittenOver() throws Exception {
        Registries client = client();
        client.manifests().put(app(plain).at(Referrers.tag(image.digest())), image.root());

        assertThatExceptionOfType(OciException.class)
                .isThrownBy(() -> client.referrers().attach(app(plain), artifact("a")))
                .withMessageContaining(Referrers.tag(image.digest()).text())
                .withMessageContaining("no index");
        assertThatExceptionOfType(OciException.class)
                .isThrownBy(() -> listed(plain))
                .withMessageContaining("no index");
        assertThat(plain.folder().repository("app").tag(Referrers.tag(image.digest())))
                .contains(image.digest());
    }

    @Test
    void whatHasNoSubjectCannotBeAttached() {
        assertThatExceptionOfType(OciException.class)
                .isThrownBy(() -> client().referrers().attach(app(api), image.root()))
                .withMessageContaining("refers to no subject");
    }

    @Test
    void manyThreadsThatAttachToTheSameImageLoseNothing() throws Exception {
        Registries client = client();
        try (Crew crew = new Crew("attach")) {
            IntStream.range(0, 6)
                    .forEach(n -> crew.start(() -> client.referrers().attach(app(plain), artifact("n" + n))));
            crew.join();
        }

        assertThat(listed(plain)).hasSize(6);
    }

    @Test
    void twoProcessesThatReadTheSameListBeforeEitherWritesLoseNothing() throws Exception {
        Gate gate = new Gate();
        plain.faults().add(Fault.on(PUT_TAG).times(2).stalls(gate));

        try (Crew crew = new Crew("attach")) {
            List.of("a", "b").forEach(name -> {
                Registries process = client();
                crew.start(() -> process.referrers().attach(app(plain), artifact(name)));
            });
            gate.awaitArrival();
            gate.awaitArrival();
            gate.open();
            crew.join();
        }

        assertThat(listed(plain)).containsExactlyInAnyOrder(entry(artifact("a"), "a"), entry(artifact("b"), "b"));
    }

    @Test
    void whoIsWrittenOverAgainAndAgainSaysSo() {
        Registries stubborn = new Registries(
                HttpTransport.open(TransportOptions.standard()), new HostFacts(Clock.systemUTC()), NO_SLEEP, () -> 0.5);
        clients.add(stubborn);
        plain.faults().add(Fault.on(HEAD_MANIFEST).runs(_ -> {
            try {
                plain.folder().repository("app").deleteTag(Referrers.tag(image.digest()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));

        assertThatExceptionOfType(OciException.class)
                .isThrownBy(() -> stubborn.referrers().attach(app(plain), artifact("a")))
                .withMessageContaining("others wrote over it 12 times");
        assertThat(plain.counts().of(PUT_TAG)).isEqualTo(13);
    }

    @Test
    void aListThatBreaksOffIsNoList() throws Exception {
        client().referrers().attach(app(api), artifact("a"));
        api.faults()
                .add(
                        Fault.on(REFERRERS).nth(1).claims("Link", "</v2/app/referrers/more>; rel=\"next\""),
                        Fault.on(REFERRERS).nth(2).answers(404));

        assertThatExceptionOfType(OciException.class)
                .isThrownBy(() -> listed(api))
                .withMessageContaining("breaks off");
    }

    @Test
    void aListInACircleEnds() {
        api.faults()
                .add(Fault.on(REFERRERS).claims("Link", "</v2/app/referrers/" + image.digest() + ">; rel=\"next\""));

        assertThatExceptionOfType(OciException.class)
                .isThrownBy(() -> listed(api))
                .withMessageContaining("circle");
    }

    @Test
    void aRepositoryThatIsNotThereDoesNotMakeTheHostForgetItsApi() throws Exception {
        Registries client = client();
        api.faults().add(Fault.on(REFERRERS).times(1).answers(404, "NAME_UNKNOWN", Map.of()));
        assertThat(client.referrers().list(new Repository(api.host(), "new"), image.digest(), Optional.empty()))
                .isEmpty();
        new Artifacts(client, new BlobIndex()).attach(app(api), artifact("a"), List.of(Blob.EMPTY));

        assertThat(client.referrers().list(app(api), image.digest(), Optional.empty()))
                .hasSize(1);
        assertThat(api.counts().of(REFERRERS)).isEqualTo(2);
    }
}
