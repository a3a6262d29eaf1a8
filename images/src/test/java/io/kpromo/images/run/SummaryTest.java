// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.ProofDecision;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.images.proof.ProofWishes;
import io.kpromo.images.proof.Records;
import io.kpromo.images.trust.StagingVerdict;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.VerificationSummary;
import io.kpromo.trust.statement.VerificationSummary.InputAttestation;
import io.kpromo.trust.store.AttachedBundle;
import io.kpromo.trust.store.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What verification summaries tell of staging, when the first run writes them and when a later one does.
class SummaryTest {
    private static final String LEVEL_2 = VerificationSummary.buildLevel(2);
    private static final String REVIEWED = VerificationSummary.MANIFEST_REVIEWED;
    private static final ProofWishes WITH_SUMMARIES = ProofWishes.standard().withSummaries(true);
    private static final Records RECORDS = new Records(
            new PromotionRecord.Promoter("1.2.3", "abc"),
            Records.Ids.standard(),
            Map.of(),
            InstantSource.fixed(Instant.parse("2026-11-23T08:00:00Z")));

    @TempDir
    Path folder;

    private final SampleImage app = image().platforms("linux/amd64", "linux/arm64")
            .layers(1)
            .layerSize(500)
            .build();
    private final List<Digest> platforms = Manifest.parse(app.root()).manifests().stream()
            .map(Descriptor::digest)
            .toList();

    private Signed signed(Path where) throws Exception {
        Signed signed = new Signed(where, 1).stating(RECORDS).wishing(WITH_SUMMARIES);
        signed.scene.stage("app", app, "v1");
        return signed;
    }

    private static Vetter vetter(Signed signed, Path folder) throws Exception {
        return new Vetter(folder, signed.scene.staging, signed.key());
    }

    /// The one summary that is attached to a manifest.
    private static VerificationSummary summary(Signed signed, Digest manifest) throws Exception {
        AttachedBundle attached = signed.look("app", manifest).bundles().all().stream()
                .filter(bundle -> bundle.predicateType().equals(Optional.of(PredicateTypes.VERIFICATION_SUMMARY)))
                .reduce((one, other) -> {
                    throw new AssertionError("two summaries of " + manifest);
                })
                .orElseThrow();
        try (Registries registries = new Registries(HttpTransport.open(TransportOptions.standard()))) {
            Loaded<Bundle> loaded = Signed.attachments(registries).load(attached);
            assertThat(loaded).isInstanceOf(Loaded.Whole.class);
            return VerificationSummary.of(
                    Statement.in(((Loaded.Whole<Bundle>) loaded).value().envelope()));
        }
    }

    private static InputAttestation carried(Signed signed, Digest referrer) {
        return new InputAttestation(signed.repository("app").at(referrer).toString(), referrer);
    }

    @Test
    void theyTellTheLevelAndWhatWasAcceptedOfAnIndexAndOfEachPlatform() throws Exception {
        try (Signed signed = signed(folder)) {
            Vetter vetter = vetter(signed, folder).asking("require");
            Digest whole = vetter.attest("app", app.digest());
            Digest own = vetter.attest("app", platforms.getFirst());

            assertThat(signed.vetting(vetter).promote().failed()).isFalse();

            VerificationSummary index = summary(signed, app.digest());
            assertThat(index.passed()).isTrue();
            assertThat(index.levels()).containsExactly(LEVEL_2, REVIEWED);
            assertThat(index.inputs()).containsExactly(carried(signed, whole));
            assertThat(summary(signed, platforms.getFirst()).inputs()).containsExactly(carried(signed, own));
            VerificationSummary other = summary(signed, platforms.getLast());
            assertThat(other.levels()).containsExactly(LEVEL_2, REVIEWED);
            assertThat(other.inputs()).containsExactly(carried(signed, whole));
        }
    }

    @Test
    void anIndexThatPassesByItsPlatformsStandsOnWhatTheseHaveAttested() throws Exception {
        try (Signed signed = signed(folder)) {
            Vetter vetter = vetter(signed, folder).asking("require");
            Digest first = vetter.attest("app", platforms.getFirst());
            Digest second = vetter.attest("app", platforms.getLast());

            signed.vetting(vetter).promote();

            assertThat(summary(signed, app.digest()).inputs())
                    .containsExactly(carried(signed, first), carried(signed, second));
            assertThat(summary(signed, platforms.getLast()).inputs()).containsExactly(carried(signed, second));
            assertThat(signed.kept("app", platforms.getFirst()))
                    .isEqualTo(Map.of("tag", 1, "bundle", 1, "summary", 1, PredicateTypes.PROVENANCE_1, 1));
        }
    }

    @Test
    void withoutAPolicyNothingIsSaidAboutTheBuild() throws Exception {
        try (Signed signed = signed(folder)) {
            signed.vetting(vetter(signed, folder)).promote();
            for (Digest manifest : List.of(app.digest(), platforms.getFirst())) {
                VerificationSummary summary = summary(signed, manifest);
                assertThat(summary.levels()).containsExactly(VerificationSummary.LEVEL_UNEVALUATED, REVIEWED);
                assertThat(summary.inputs()).isEmpty();
            }
        }
    }

    @Test
    void whatAPolicyOnlyWarnsOfIsPromotedAndItsSummarySaysThatItFailed() throws Exception {
        try (Signed signed = signed(folder)) {
            assertThat(signed.vetting(vetter(signed, folder).asking("warn"))
                            .promote()
                            .failed())
                    .isFalse();
            assertThat(summary(signed, app.digest()).passed()).isFalse();
            assertThat(summary(signed, app.digest()).levels()).containsExactly(VerificationSummary.FAILED);
        }
    }

    @Test
    void aLaterRunTellsWhatTheFirstWouldHaveToldAndThenAsksStagingNoMore() throws Exception {
        VerificationSummary first;
        try (Signed signed = signed(folder.resolve("at once"))) {
            Vetter vetter = vetter(signed, folder).asking("require");
            vetter.attest("app", app.digest());
            signed.vetting(vetter).promote();
            first = summary(signed, app.digest());
        }
        try (Signed signed = signed(folder.resolve("later"))) {
            Vetter vetter = vetter(signed, folder).asking("require");
            vetter.attest("app", app.digest());
            signed.vetting(vetter).wishing(ProofWishes.standard()).promote();

            Outcome healed = signed.wishing(WITH_SUMMARIES).promote();

            assertThat(healed.plan().writes()).isFalse();
            assertThat(healed.proofs().plan().all(Prove.class))
                    .singleElement()
                    .satisfies(prove -> assertThat(prove.missing()).containsExactly(Piece.SUMMARY));
            VerificationSummary later = summary(signed, app.digest());
            assertThat(later.levels()).isEqualTo(first.levels());
            assertThat(later.inputs()).extracting(InputAttestation::digest).hasSize(1);
            assertThat(signed.kept("app", platforms.getFirst())).containsEntry("summary", 1);
            assertThat(signed.promote().writes()).isFalse();
            assertThat(signed.scene.staging.counts().total()).isZero();
        }
    }

    @Test
    void aRunThatDiedAtAnyOfItsWritesIsFinishedByTheNextWithAllThatStagingProved() throws Exception {
        SampleImage small =
                image().platforms("linux/amd64").layers(1).layerSize(100).build();
        Digest platform = Manifest.parse(small.root()).manifests().getFirst().digest();
        int writes = Trials.untilNoneBreaks(nth -> {
            Path place = Files.createDirectories(folder.resolve("died-at-" + nth));
            try (Signed signed = new Signed(place, 1).stating(RECORDS).wishing(WITH_SUMMARIES)) {
                signed.scene.stage("app", small, "v1").promote();
                Vetter vetter = vetter(signed, place).asking("require");
                Digest referrer = vetter.attest("app", platform);
                signed.vetting(vetter);
                if (!dies(signed, nth)) {
                    return false;
                }

                assertThat(signed.promote().failed())
                        .as("after it died at write " + nth)
                        .isFalse();

                Map<String, Integer> below =
                        Map.of("tag", 1, "bundle", 1, "summary", 1, PredicateTypes.PROVENANCE_1, 1);
                assertThat(signed.kept("app", small.digest()))
                        .isEqualTo(Map.of("tag", 1, "bundle", 1, "summary", 1, "record", 1));
                assertThat(signed.kept("app", platform)).isEqualTo(below);
                for (Digest manifest : List.of(small.digest(), platform)) {
                    assertThat(summary(signed, manifest).levels()).containsExactly(LEVEL_2, REVIEWED);
                    assertThat(summary(signed, manifest).inputs()).containsExactly(carried(signed, referrer));
                }
                assertThat(signed.canonical().audit()).isEmpty();
                return true;
            }
        });
        assertThat(writes).as("writes of a whole proof").isGreaterThan(12);
    }

    /// @return whether the promotion came to its nth write, and so failed
    private static boolean dies(Signed signed, int nth) throws Exception {
        AtomicInteger seen = new AtomicInteger();
        signed.canonical()
                .faults()
                .add(Fault.on(Kind.POST_UPLOAD, Kind.MOUNT, Kind.PUT_BLOB, Kind.PUT_MANIFEST, Kind.PUT_TAG)
                        .where(_ -> seen.incrementAndGet() >= nth)
                        .by(new Effect.Resets()));
        Outcome outcome = signed.promote(TransportOptions.standard().withTries(1));
        signed.canonical().faults().clear();
        assertThat(outcome.failed()).as("write " + nth).isEqualTo(seen.get() >= nth);
        return outcome.failed();
    }

    @Test
    void whatStagingSpeaksAgainstNowIsNotSummedUpThoughItIsInPlace() throws Exception {
        try (Signed signed = signed(folder)) {
            signed.wishing(ProofWishes.standard()).promote();
            signed.vetting(vetter(signed, folder).asking("require")).wishing(WITH_SUMMARIES);

            Outcome refused = signed.promote();

            assertThat(refused.blocked()).isTrue();
            assertThat(refused.proofs().plan().decisions()).singleElement().isInstanceOf(ProofDecision.Waiting.class);
            assertThat(signed.kept("app", app.digest())).doesNotContainKey("summary");
        }
    }

    @Test
    void whatIsGoneFromStagingIsSignedAndRecordedWithoutASummary() throws Exception {
        try (Signed signed = signed(folder)) {
            signed.scene.promote();
            signed.scene.staging.folder().repository("stage/app").deleteManifest(app.digest());
            signed.vetting(vetter(signed, folder).asking("require"));

            Outcome outcome = signed.promote();

            assertThat(outcome.failed()).isFalse();
            assertThat(outcome.blocked()).isFalse();
            assertThat(outcome.staging().verdicts()).singleElement().matches(StagingVerdict::gone);
            assertThat(signed.kept("app", app.digest())).isEqualTo(Map.of("tag", 1, "bundle", 1, "record", 1));
            assertThat(signed.promote().writes()).isFalse();
        }
    }

    @Test
    void somebodyElseMaySignThemAndThenOnlyTheirsCount() throws Exception {
        try (Signed signed = signed(folder)) {
            signed.vetting(vetter(signed, folder)).promote();
            signed.summaries = Optional.of(signed.key());

            Outcome outcome = signed.promote();

            assertThat(outcome.proofs().plan().all(Prove.class))
                    .singleElement()
                    .satisfies(prove -> assertThat(prove.missing()).containsExactly(Piece.SUMMARY));
            String other = signed.summaries.get().signatory().identity().toString();
            for (Digest manifest : List.of(app.digest(), platforms.getLast())) {
                assertThat(signed.look("app", manifest).bundles().all())
                        .filteredOn(bundle ->
                                bundle.predicateType().equals(Optional.of(PredicateTypes.VERIFICATION_SUMMARY)))
                        .extracting(AttachedBundle::signer)
                        .containsExactlyInAnyOrder(
                                Optional.of(other),
                                Optional.of(signed.notary.signatory().identity().toString()));
            }
            assertThat(signed.kept("app", app.digest()))
                    .containsEntry("record", 1)
                    .containsEntry("bundle", 1);
            assertThat(signed.promote().writes()).isFalse();
        }
    }
}
