// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.proof.Notary;
import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.ProofDecision;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.images.proof.ProofWishes;
import io.kpromo.images.proof.SignatureFormat;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Counts;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.fault.Gate;
import io.kpromo.registry.sample.SampleImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Promotions that sign: what they write, what they ask, what they wait for.
class ProofTest {
    private static final Map<String, Integer> ALL = Map.of("tag", 1, "bundle", 1, "record", 1);
    private static final Map<String, Integer> SIGNED = Map.of("tag", 1, "bundle", 1);

    @TempDir
    Path folder;

    private static SampleImage app(int seed) {
        return image().seed(seed).layers(1).layerSize(500).build();
    }

    private static SampleImage index() {
        return image().platforms("linux/amd64", "linux/arm64")
                .layers(1)
                .layerSize(500)
                .build();
    }

    /// Requests to the canonical registry beyond those of the same promotion without proof.
    private static int beyond(Registry canonical, Counts plain) {
        return canonical.counts().total() - plain.total();
    }

    @Test
    void aNewImageIsSignedInBothFormsAndRecordedInTwelveRequestsAtMost() throws Exception {
        Counts plain;
        try (Scene scene = new Scene(folder.resolve("plain"), 1)) {
            scene.stage("app", app(1), "v1").promote();
            plain = scene.mirrors.getFirst().counts();
        }
        try (Signed signed = new Signed(folder.resolve("signed"), 1)) {
            signed.scene.stage("app", app(1), "v1");

            Outcome outcome = signed.promote();

            assertThat(outcome.failed()).isFalse();
            assertThat(beyond(signed.canonical(), plain)).isLessThanOrEqualTo(12);
            assertThat(signed.kept("app", app(1).digest())).isEqualTo(ALL);
            assertThat(signed.canonical().audit()).isEmpty();
        }
    }

    @Test
    void whereAllIsThereTwoQuestionsForEachDigestTellIt() throws Exception {
        try (Signed signed = new Signed(folder, 2)) {
            signed.scene.stage("app", index(), "v1", "latest").stage("tool", app(2));
            signed.promote();

            Outcome again = signed.promote();

            assertThat(again.writes()).isFalse();
            assertThat(again.proofs().plan().complete()).isEqualTo(2);
            assertThat(signed.canonical().counts().byKind())
                    .isEqualTo(Map.of(Kind.HEAD_MANIFEST, 2 + 1, Kind.REFERRERS, 2, Kind.GET_MANIFEST, 2));
            assertThat(signed.scene.mirrors.getLast().counts().total()).isEqualTo(3);
            assertThat(signed.scene.staging.counts().total()).isZero();
        }
    }

    @Test
    void whatIsAttachedInStagingIsAskedForOnceBeforeTheImageIsPromotedAndNotAgainWhenItIsSigned() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app(1), "v1");
            Vetter vetter = new Vetter(folder, signed.scene.staging, signed.key());

            assertThat(signed.vetting(vetter).promote().failed()).isFalse();

            // The image's own manifest, what lies under its .sig and .att tags, and what refers to it.
            assertThat(signed.scene.staging.counts().of(Kind.GET_MANIFEST)).isEqualTo(3);
            assertThat(signed.scene.staging.counts().of(Kind.REFERRERS)).isEqualTo(1);
        }
    }

    @Test
    void anIndexIsSignedWithAllThatIsBelowItAndRecordedOnce() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            SampleImage index = index();
            signed.scene.stage("app", index, "v1");

            assertThat(signed.promote().failed()).isFalse();

            assertThat(signed.kept("app", index.digest())).isEqualTo(ALL);
            assertThat(Manifest.parse(index.root()).manifests()).hasSize(2);
            for (Descriptor child : Manifest.parse(index.root()).manifests()) {
                assertThat(signed.kept("app", child.digest())).isEqualTo(SIGNED);
            }
        }
    }

    @Test
    void whatHasNoTagIsRecordedAndNotSigned() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app(1));
            signed.promote();
            assertThat(signed.kept("app", app(1).digest())).isEqualTo(Map.of("record", 1));
        }
    }

    @Test
    void aFormatIsWrittenAloneWhereItIsAskedForAndTheOtherIsAddedWhenItIsToo() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app(1), "v1");
            signed.wishing(ProofWishes.standard().withFormat(SignatureFormat.TAG))
                    .promote();
            assertThat(signed.kept("app", app(1).digest())).isEqualTo(Map.of("tag", 1, "record", 1));
            signed.wishing(ProofWishes.standard().withFormat(SignatureFormat.BUNDLE))
                    .promote();
            assertThat(signed.kept("app", app(1).digest())).isEqualTo(ALL);
        }
    }

    @Test
    void summariesAreWrittenWhereTheyAreAskedFor() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app(1), "v1");
            signed.promote();
            signed.wishing(ProofWishes.standard().withSummaries(true)).promote();
            assertThat(signed.kept("app", app(1).digest()))
                    .isEqualTo(Map.of("tag", 1, "bundle", 1, "record", 1, "summary", 1));
            assertThat(signed.promote().writes()).isFalse();
        }
    }

    @Test
    void somebodyElsesProofIsLeftAloneAndOursIsAdded() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app(1), "v1");
            signed.promote();
            Notary another = signed.key();
            signed.notary = another;

            Outcome outcome = signed.promote();

            assertThat(outcome.proofs().plan().all(Prove.class)).hasSize(1);
            assertThat(signed.kept("app", app(1).digest())).isEqualTo(Map.of("tag", 2, "bundle", 2, "record", 2));
            assertThat(signed.promote().writes()).isFalse();
        }
    }

    @Test
    void signaturesOfTheStagingRegistryAreCarriedAndOursIsAddedToThem() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app(1), "v1");
            Notary ours = signed.notary;
            signed.notary = signed.key();
            signed.sign(signed.scene.staging, "stage/app", app(1).root());
            signed.notary = ours;

            signed.promote();

            assertThat(signed.kept("app", app(1).digest())).isEqualTo(Map.of("tag", 2, "bundle", 1, "record", 1));
            assertThat(signed.promote().writes()).isFalse();
        }
    }

    @Test
    void aDryRunShowsWhatWouldBeSignedAndWritesNothing() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app(1), "v1");

            Outcome outcome = signed.run(PromotionOptions.standard(), TransportOptions.standard());

            assertThat(outcome.proofs().plan().all(Prove.class))
                    .singleElement()
                    .satisfies(prove -> assertThat(prove.missing())
                            .containsExactly(Piece.TAG_SIGNATURE, Piece.BUNDLE_SIGNATURE, Piece.RECORD));
            assertThat(outcome.proofs().results()).isEmpty();
            assertThat(signed.canonical().folder().repositories()).isEmpty();
        }
    }

    @Test
    void aSlowMirrorDoesNotHoldUpSigning() throws Exception {
        try (Signed signed = new Signed(folder, 2)) {
            signed.scene.stage("app", app(1), "v1");
            Gate gate = new Gate();
            Registry slow = signed.scene.mirrors.getLast();
            slow.faults().add(Fault.on(Kind.PUT_TAG).stalls(gate));
            CompletableFuture<Void> recorded = new CompletableFuture<>();
            signed.canonical().faults().add(Fault.on(Kind.PUT_MANIFEST).nth(2).runs(_ -> recorded.complete(null)));

            try (var promotion = new Beside<>(signed::promote)) {
                gate.awaitArrival();
                recorded.get();
                gate.open();
                assertThat(promotion.result().failed()).isFalse();
            }
        }
    }

    @Test
    void whatCannotBeCopiedToItsCanonicalPlaceIsNotSignedAndAFailingMirrorDoesNotMatter() throws Exception {
        try (Signed signed = new Signed(folder, 2)) {
            signed.scene.stage("app", app(1), "v1");
            Registry mirror = signed.scene.mirrors.getLast();
            signed.canonical()
                    .faults()
                    .add(Fault.on(Kind.PUT_TAG).reference("v1").answers(403));
            Outcome failed = signed.promote();
            assertThat(failures(failed)).singleElement().asString().contains("not in place");
            assertThat(signed.kept("app", app(1).digest())).isEmpty();

            signed.canonical().faults().clear();
            mirror.faults().add(Fault.on(Kind.HEAD_MANIFEST).answers(403));
            assertThat(signed.promote().failed()).isTrue();
            assertThat(signed.kept("app", app(1).digest())).isEqualTo(ALL);
        }
    }

    @Test
    void aLookThatFailsIsAFailureAndNothingIsWrittenThere() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app(1), "v1").stage("tool", app(2), "v1");
            signed.canonical()
                    .faults()
                    .add(Fault.on(Kind.REFERRERS).repository("prod/app").answers(500));

            Outcome outcome = signed.promote(TransportOptions.standard().withTries(2));

            assertThat(outcome.failed()).isTrue();
            assertThat(outcome.proofs().plan().all(ProofDecision.Unreadable.class))
                    .singleElement()
                    .satisfies(unreadable -> assertThat(unreadable.why()).contains("500", "prod/app"));
            signed.canonical().faults().clear();
            assertThat(signed.kept("app", app(1).digest())).isEmpty();
            assertThat(signed.kept("tool", app(2).digest())).isEqualTo(ALL);
        }
    }

    @Test
    void withoutTheReferrersApiTheSameIsKeptUnderATag() throws Exception {
        try (Signed signed = new Signed(folder, 1, Feature.REFERRERS_API, Feature.SINGLE_POST)) {
            signed.scene.stage("app", index(), "v1");

            assertThat(signed.promote().failed()).isFalse();

            assertThat(signed.kept("app", index().digest())).isEqualTo(ALL);
            Outcome again = signed.promote();
            assertThat(again.writes()).isFalse();
            assertThat(signed.canonical().counts().total()).isLessThanOrEqualTo(4);
        }
    }

    private static List<String> failures(Outcome outcome) {
        return outcome.proofs().results().values().stream()
                .flatMap(Optional::stream)
                .map(OciException::getMessage)
                .map(String::valueOf)
                .toList();
    }
}
