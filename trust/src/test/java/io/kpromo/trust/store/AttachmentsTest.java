// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import static io.kpromo.oci.http.Kind.GET_MANIFEST;
import static io.kpromo.oci.http.Kind.HEAD_MANIFEST;
import static io.kpromo.oci.http.Kind.MOUNT;
import static io.kpromo.oci.http.Kind.POST_UPLOAD;
import static io.kpromo.oci.http.Kind.PUT_MANIFEST;
import static io.kpromo.oci.http.Kind.PUT_TAG;
import static io.kpromo.oci.http.Kind.REFERRERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.SharedTags;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.copy.Artifacts.Blob;
import io.kpromo.registry.Counts;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.fault.Gate;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.statement.PredicateTypes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttachmentsTest {
    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<Set<Feature>> lacking() {
        return Stream.of(
                Set.of(),
                Set.of(Feature.REFERRERS_API),
                Set.of(Feature.SINGLE_POST),
                Set.of(Feature.MOUNTS),
                Set.of(Feature.REFERRERS_API, Feature.SINGLE_POST, Feature.MOUNTS));
    }

    private Registry holderWithout(Set<Feature> features) throws Exception {
        return bench.holder(options -> options.without(features.toArray(Feature[]::new)));
    }

    @ParameterizedTest
    @MethodSource("lacking")
    void whatIsAttachedIsFoundByWhoLooksLater(Set<Feature> features) throws Exception {
        Registry registry = holderWithout(features);
        Repository app = Bench.app(registry);
        Bundle bundle = bench.bundle(PredicateTypes.SIGNATURE, "one");
        Attachments writer = bench.attachments();

        AttachedBundle attached = writer.attach(app, bench.subject(), bundle, Bench.SIGNER);
        boolean added = writer.appendSignatures(app, bench.digest(), List.of(bench.payload("c2ln")));

        Attachments reader = bench.attachments();
        Looked looked = reader.look(app, bench.digest());
        assertThat(added).isTrue();
        assertThat(looked.findings()).isEmpty();
        assertThat(looked.bundles().all()).containsExactly(attached);
        assertThat(attached.signer()).contains(Bench.SIGNER.toString());
        assertThat(attached.subjectName()).contains(Bench.NAME);
        assertThat(attached.predicateType()).contains(PredicateTypes.SIGNATURE);
        assertThat(attached.descriptor().annotations())
                .containsEntry(AttachedBundle.CONTENT, "dsse-envelope")
                .containsEntry(AttachedBundle.CREATED, "2026-11-23T05:00:00Z");
        assertThat(reader.load(attached)).isEqualTo(new Loaded.Whole<>(bundle));
        assertThat(looked.payloads().all())
                .singleElement()
                .satisfies(layer ->
                        assertThat(reader.payload(layer)).isEqualTo(new Loaded.Whole<>(bench.payload("c2ln"))));
        assertThat(registry.audit()).isEmpty();
    }

    @Test
    void lookingTakesTwoRequests() throws Exception {
        Registry registry = bench.holder(options -> options);

        Looked looked = bench.attachments().look(Bench.app(registry), bench.digest());

        assertThat(looked.bundles().isNone()).isTrue();
        assertThat(looked.payloads().isNone()).isTrue();
        assertThat(registry.counts()).isEqualTo(Counts.none().and(REFERRERS, 1).and(GET_MANIFEST, 1));
    }

    @Test
    void lookingWithoutTheApiTakesTwoRequestsOnceTheHostIsKnown() throws Exception {
        Registry registry = holderWithout(Set.of(Feature.REFERRERS_API));
        Attachments attachments = bench.attachments();
        attachments.look(Bench.app(registry), bench.digest());
        registry.resetCounts();

        attachments.look(Bench.app(registry), bench.digest());

        assertThat(registry.counts()).isEqualTo(Counts.none().and(GET_MANIFEST, 2));
    }

    @Test
    void signingInBothFormsAndRecordingTakesElevenRequestsWithTheLook() throws Exception {
        Registry registry = bench.holder(options -> options);

        signAndRecord(bench.attachments(), Bench.app(registry));

        assertThat(registry.counts())
                .isEqualTo(Counts.none()
                        .and(REFERRERS, 1)
                        .and(GET_MANIFEST, 2)
                        .and(POST_UPLOAD, 4)
                        .and(PUT_TAG, 1)
                        .and(HEAD_MANIFEST, 1)
                        .and(PUT_MANIFEST, 2));
    }

    @Test
    void theEmptyConfigurationIsSentOnceARepository() throws Exception {
        Registry registry = bench.holder(options -> options);
        Attachments attachments = bench.attachments();
        signAndRecord(attachments, Bench.app(registry));
        registry.resetCounts();

        signAndRecord(attachments, Bench.app(registry));

        assertThat(registry.counts().total()).isEqualTo(10);
    }

    @Test
    void theEmptyConfigurationIsMountedFromAnotherRepository() throws Exception {
        Registry registry = holderWithout(Set.of(Feature.SINGLE_POST));
        bench.image.pushTo(registry, "other");
        Attachments attachments = bench.attachments();
        signAndRecord(attachments, Bench.app(registry));
        registry.resetCounts();

        signAndRecord(attachments, new Repository(registry.host(), "other"));

        assertThat(registry.counts().of(MOUNT)).isEqualTo(1);
        assertThat(registry.counts().total()).isEqualTo(14);
    }

    @Test
    void withoutTheSinglePostEachBlobTakesTwoRequests() throws Exception {
        Registry registry = holderWithout(Set.of(Feature.SINGLE_POST));
        Attachments attachments = bench.attachments();

        signAndRecord(attachments, Bench.app(registry));
        assertThat(registry.counts().total()).isEqualTo(15);

        registry.resetCounts();
        signAndRecord(attachments, Bench.app(registry));
        assertThat(registry.counts().total()).isEqualTo(13);
    }

    @Test
    void aLargeBundleIsReadLikeASmallOne() throws Exception {
        Registry registry = bench.holder(options -> options);
        Bundle bundle = bench.bundle(PredicateTypes.SIGNATURE, "s".repeat(2 << 20));
        AttachedBundle attached =
                bench.attachments().attach(Bench.app(registry), bench.subject(), bundle, Bench.SIGNER);

        assertThat(bench.attachments().load(attached)).isEqualTo(new Loaded.Whole<>(bundle));
    }

    /// As for an image that was just promoted.
    private void signAndRecord(Attachments attachments, Repository repository) throws InterruptedException {
        assertThat(attachments.look(repository, bench.digest()).findings()).isEmpty();
        String other = String.valueOf(System.nanoTime());
        SharedTags.Written tag = attachments.beginSignatures(repository, bench.digest(), List.of(bench.payload(other)));
        attachments.attach(repository, bench.subject(), bench.bundle(PredicateTypes.SIGNATURE, other), Bench.SIGNER);
        assertThat(tag.confirm()).isTrue();
        attachments.attach(
                repository, bench.subject(), bench.bundle(PredicateTypes.PROMOTION_RECORD, other), Bench.SIGNER);
    }

    @Test
    void aSignatureThatIsThereIsNotWrittenAgain() throws Exception {
        Registry registry = bench.holder(options -> options);
        Attachments attachments = bench.attachments();
        attachments.appendSignatures(Bench.app(registry), bench.digest(), List.of(bench.payload("one")));
        registry.resetCounts();

        boolean added =
                attachments.appendSignatures(Bench.app(registry), bench.digest(), List.of(bench.payload("one")));

        assertThat(added).isFalse();
        assertThat(registry.counts()).isEqualTo(Counts.none().and(GET_MANIFEST, 1));
    }

    @Test
    void noSignatureIsNoRequest() throws Exception {
        Registry registry = bench.holder(options -> options);

        assertThat(bench.attachments().appendSignatures(Bench.app(registry), bench.digest(), List.of()))
                .isFalse();
        assertThat(registry.counts().total()).isZero();
    }

    @Test
    void theManifestOfAnotherProgramKeepsWhatItSaid() throws Exception {
        Registry registry = bench.holder(options -> options);
        Repository app = Bench.app(registry);
        String theirs = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":2,"digest":"%s"},
                "layers":[{"mediaType":"%s","size":2,"digest":"%s","annotations":{"dev.cosignproject.cosign/signature":"theirs"},"x":1.0}],
                "annotations":{"made":"by others"},"x":{"y":[1.50]}}""".formatted(Blob.EMPTY.digest(), SignedPayload.MEDIA_TYPE, Blob.EMPTY.digest());
        bench.write(
                app.at(Attachments.signatureTag(bench.digest())),
                RawManifest.of(MediaTypes.OCI_MANIFEST, theirs.getBytes(StandardCharsets.UTF_8)));

        bench.attachments().appendSignatures(app, bench.digest(), List.of(bench.payload("ours")));

        String now = bench.text(app.at(Attachments.signatureTag(bench.digest())));
        assertThat(now)
                .contains("\"annotations\":{\"dev.cosignproject.cosign/signature\":\"theirs\"},\"x\":1.0}")
                .contains("\"annotations\":{\"made\":\"by others\"},\"x\":{\"y\":[1.50]}");
        assertThat(bench.attachments().look(app, bench.digest()).payloads().all())
                .extracting(layer -> layer.annotations().get(SignedPayload.SIGNATURE))
                .containsExactly("theirs", "ours");
    }

    @Test
    void twoProcessesThatReadTheSameSignaturesBeforeEitherWritesLoseNothing() throws Exception {
        Registry registry = bench.holder(options -> options);
        Gate gate = new Gate();
        registry.faults().add(Fault.on(PUT_TAG).times(2).stalls(gate));

        try (Crew crew = new Crew("sign")) {
            List.of("one", "two").forEach(signature -> {
                Attachments process = bench.attachments();
                crew.start(() -> process.appendSignatures(
                        Bench.app(registry), bench.digest(), List.of(bench.payload(signature))));
            });
            gate.awaitArrival();
            gate.awaitArrival();
            gate.open();
            crew.join();
        }

        assertThat(bench.attachments()
                        .look(Bench.app(registry), bench.digest())
                        .payloads()
                        .all())
                .extracting(layer -> layer.annotations().get(SignedPayload.SIGNATURE))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aConfigurationThatTheRegistryHasLostIsSentAgain() throws Exception {
        Registry registry = bench.holder(options -> options);
        Attachments attachments = bench.attachments();
        signAndRecord(attachments, Bench.app(registry));
        registry.folder().repository("app").deleteBlob(Blob.EMPTY.digest());

        attachments.attach(
                Bench.app(registry),
                bench.subject(),
                bench.bundle(PredicateTypes.VERIFICATION_SUMMARY, "x"),
                Bench.SIGNER);

        assertThat(registry.folder().repository("app").blob(Blob.EMPTY.digest()))
                .isPresent();
        assertThat(registry.audit()).isEmpty();
    }

    @Test
    void legacyAttestationsAreEnvelopes() throws Exception {
        Registry registry = bench.holder(options -> options);
        Repository app = Bench.app(registry);
        Bytes envelope = JsonText.write(
                bench.bundle(PredicateTypes.PROVENANCE_1, "sig").envelope().json());
        bench.writeLayers(
                app.at(Attachments.attestationTag(bench.digest())),
                "application/vnd.dsse.envelope.v1+json",
                envelope.array());

        Attached<AttachedPayload> found = bench.attachments().legacy(app, bench.digest());

        assertThat(found.findings()).isEmpty();
        assertThat(bench.attachments().envelope(found.all().getFirst()))
                .isEqualTo(new Loaded.Whole<>(
                        bench.bundle(PredicateTypes.PROVENANCE_1, "sig").envelope()));
    }
}
