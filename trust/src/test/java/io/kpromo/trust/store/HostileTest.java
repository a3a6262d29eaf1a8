// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import static io.kpromo.oci.http.Kind.GET_MANIFEST;
import static io.kpromo.oci.http.Kind.REFERRERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.client.Referrers;
import io.kpromo.oci.copy.Artifacts.Blob;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.store.Finding.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of what others attached may be anything. It is contained and said, and never taken for "nothing there".
class HostileTest extends Hostile {
    private Finding onlyFinding(Attached<?> attached) {
        assertThat(attached.isNone()).isFalse();
        assertThat(attached.findings()).hasSize(1);
        return attached.findings().getFirst();
    }

    private void sign(RawManifest manifest) throws InterruptedException {
        bench.write(app.at(Attachments.signatureTag(bench.digest())), manifest);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500})
    void aListThatMayNotBeReadIsNotEmpty(int status) throws Exception {
        registry.faults().add(Fault.on(REFERRERS, GET_MANIFEST).answers(status, Map.of("Retry-After", "0")));

        Looked looked = look();

        assertThat(onlyFinding(looked.bundles()).kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(onlyFinding(looked.bundles()).why()).contains(String.valueOf(status));
        assertThat(onlyFinding(looked.payloads()).kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(looked.findings()).hasSize(2);
    }

    @Test
    void oneListThatCannotBeReadDoesNotHideTheOther() throws Exception {
        bench.attachments().appendSignatures(app, bench.digest(), List.of(bench.payload("one")));
        registry.faults().add(Fault.on(REFERRERS).answers(403));

        assertThat(look().bundles().isComplete()).isFalse();
        assertThat(look().payloads().all()).hasSize(1);
        assertThat(look().payloads().isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not JSON",
                "{\"manifests\":{}}",
                "{\"manifests\":[1]}",
                "{\"manifests\":[{}]}",
                "{\"manifests\":[{\"digest\":\"sha256:0\",\"size\":1}]}",
                "{\"manifests\":[{\"digest\":\"../../../etc\",\"size\":1}]}",
                "{\"manifests\":[],\"manifests\":[]}",
                "{\"schemaVersion\":1}"
            })
    void aListThatIsNoneIsAFinding(String body) throws Exception {
        registry.faults()
                .add(Fault.on(REFERRERS)
                        .by(new Effect.Answers(200, Map.of("Content-Type", MediaTypes.OCI_INDEX), body)));

        assertThat(onlyFinding(look().bundles()).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void aListThatNestsWithoutEndIsAFinding() throws Exception {
        String deep = "{\"manifests\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        registry.faults()
                .add(Fault.on(REFERRERS)
                        .by(new Effect.Answers(200, Map.of("Content-Type", MediaTypes.OCI_INDEX), deep)));

        assertThat(onlyFinding(look().bundles()).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void ofThousandsOfReferrersTheFirstAreLookedAt() throws Exception {
        Registry plain = bench.holder(options -> options.without(Feature.REFERRERS_API, Feature.CONTENT_CHECKS));
        Descriptor bundle =
                Blob.EMPTY.descriptor(MediaTypes.OCI_MANIFEST).with(Optional.of(Bundle.MEDIA_TYPE), Map.of());
        bench.write(
                Bench.app(plain).at(Referrers.tag(bench.digest())),
                ManifestWriter.index(Collections.nCopies(5000, bundle)));

        Attached<AttachedBundle> found =
                bench.attachments().look(Bench.app(plain), bench.digest()).bundles();

        assertThat(found.all()).hasSize(1000);
        assertThat(onlyFinding(found).kind()).isEqualTo(Kind.TOO_MUCH);
        assertThat(onlyFinding(found).why()).contains("5000");
    }

    @Test
    void ofThousandsOfSignaturesTheFirstAreLookedAt() throws Exception {
        Descriptor layer = Blob.EMPTY.descriptor(SignedPayload.MEDIA_TYPE);
        sign(ManifestWriter.image(
                Optional.empty(),
                Blob.EMPTY.descriptor(MediaTypes.OCI_CONFIG),
                IntStream.range(0, 5000)
                        .mapToObj(n -> layer.with(Optional.empty(), Map.of(SignedPayload.SIGNATURE, "s" + n)))
                        .toList(),
                Optional.empty(),
                Map.of()));

        Attached<AttachedPayload> found = look().payloads();

        assertThat(found.all()).hasSize(1000);
        assertThat(onlyFinding(found).kind()).isEqualTo(Kind.TOO_MUCH);
        assertThat(onlyFinding(found).where()).isEqualTo(app.at(Attachments.signatureTag(bench.digest())));
    }

    @Test
    void aSignatureTagThatIsNoListOfLayersIsAFinding() throws Exception {
        sign(ManifestWriter.index(List.of()));

        assertThat(onlyFinding(look().payloads()).kind()).isEqualTo(Kind.MALFORMED);
        assertThat(onlyFinding(look().payloads()).toString())
                .contains(Attachments.signatureTag(bench.digest()).text());
    }

    @Test
    void aSignatureTagThatHoldsSomethingElseIsNotWrittenOver() throws Exception {
        RawManifest index = ManifestWriter.index(List.of());
        sign(index);

        assertThat(catchThrowable(
                        () -> bench.attachments().appendSignatures(app, bench.digest(), List.of(bench.payload("one")))))
                .hasMessageContaining("should have layers");
        assertThat(registry.folder().repository("app").tag(Attachments.signatureTag(bench.digest())))
                .contains(index.digest());
    }

    @Test
    void referrersOfOtherKindsAreNoBundles() throws Exception {
        RawManifest sbom = ManifestWriter.image(
                Optional.of("application/spdx+json"),
                Blob.EMPTY.descriptor(MediaTypes.EMPTY),
                List.of(),
                Optional.of(bench.subject()),
                Map.of());
        bench.write(app.at(sbom.digest()), sbom);

        assertThat(look().bundles().isNone()).isTrue();
    }

    @Test
    void aListThatIsTooLargeIsAFinding() throws Exception {
        registry.faults()
                .add(Fault.on(REFERRERS, GET_MANIFEST)
                        .by(new Effect.Answers(
                                200, Map.of("Content-Type", MediaTypes.OCI_INDEX), " ".repeat(Manifest.LARGEST + 1))));

        assertThat(onlyFinding(look().bundles()).kind()).isEqualTo(Kind.MALFORMED);
        assertThat(onlyFinding(look().payloads()).kind()).isEqualTo(Kind.MALFORMED);
    }
}
