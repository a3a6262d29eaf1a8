// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.ImageBuilder;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.registry.store.RepositoryFolder;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.store.AttachedBundle;
import io.kpromo.trust.store.Attachments;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is missing, and whatever a run died at: the next run finds it by looking and writes just that.
@Execution(ExecutionMode.CONCURRENT)
class ProofHealingTest {
    private static final Map<String, Integer> ALL = Map.of("tag", 1, "bundle", 1, "record", 1);
    private static final Map<String, Integer> SIGNED = Map.of("tag", 1, "bundle", 1);
    private static final TransportOptions ONE_TRY = TransportOptions.standard().withTries(1);

    @TempDir
    Path folder;

    private final SampleImage app = image().platforms("linux/amd64", "linux/arm64")
            .layers(1)
            .layerSize(500)
            .build();

    @ParameterizedTest
    @EnumSource(names = {"TAG_SIGNATURE", "BUNDLE_SIGNATURE", "RECORD"})
    void eachPieceThatIsMissingIsWrittenAgainAndNothingElse(Piece piece) throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app, "v1");
            signed.promote();
            remove(piece, signed);

            Outcome healed = signed.promote();

            assertThat(healed.failed()).isFalse();
            assertThat(healed.plan().writes()).isFalse();
            assertThat(healed.proofs().plan().all(Prove.class))
                    .singleElement()
                    .satisfies(prove -> assertThat(prove.missing()).containsExactly(piece));
            assertThat(signed.canonical().counts().of(Kind.PUT_MANIFEST)
                            + signed.canonical().counts().of(Kind.PUT_TAG))
                    .isEqualTo(1);
            assertComplete(app, signed);
        }
    }

    private void remove(Piece piece, Signed signed) throws Exception {
        RepositoryFolder prod = signed.canonical().folder().repository("prod/app");
        switch (piece) {
            case TAG_SIGNATURE -> prod.deleteTag(Attachments.signatureTag(app.digest()));
            case BUNDLE_SIGNATURE -> prod.deleteManifest(bundle(signed, PredicateTypes.SIGNATURE));
            case RECORD -> prod.deleteManifest(bundle(signed, PredicateTypes.PROMOTION_RECORD));
            case ATTESTATIONS, SUMMARY -> throw new IllegalArgumentException(piece.toString());
        }
    }

    private Digest bundle(Signed signed, String type) throws Exception {
        return signed.look("app", app.digest()).bundles().all().stream()
                .filter(bundle -> bundle.predicateType().equals(Optional.of(type)))
                .map(AttachedBundle::digest)
                .findFirst()
                .orElseThrow();
    }

    /// A death before the registry has heard of a write, or before we have heard of the registry's answer.
    @SuppressWarnings("ImmutableEnumChecker") // effects hold nothing that changes
    enum Death {
        BEFORE(new Effect.Resets()),
        AFTER(new Effect.ResetsAfterwards());

        private final Effect effect;

        Death(Effect effect) {
            this.effect = effect;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatDiedAtAnyOfItsWritesIsFinishedByTheNextAndNothingIsThereTwice(Death death) throws Exception {
        ImageBuilder builder = death == Death.BEFORE ? image().platforms("linux/amd64") : image();
        SampleImage small = builder.layers(1).layerSize(100).build();
        int writes = Trials.untilNoneBreaks(nth -> {
            try (Signed signed = new Signed(folder.resolve("died-at-" + nth), 1)) {
                signed.scene.stage("app", small, "v1").promote();
                if (!dies(signed, nth, death)) {
                    return false;
                }

                assertThat(signed.promote().failed())
                        .as("after it died at write " + nth)
                        .isFalse();

                assertThat(signed.canonical().audit()).isEmpty();
                assertComplete(small, signed);
                return true;
            }
        });
        assertThat(writes).as("writes of a whole proof").isGreaterThan(5);
    }

    /// @return whether the promotion came to its nth write, and so failed
    private static boolean dies(Signed signed, int nth, Death death) throws Exception {
        AtomicInteger seen = new AtomicInteger();
        signed.canonical()
                .faults()
                .add(Fault.on(Kind.POST_UPLOAD, Kind.MOUNT, Kind.PUT_BLOB, Kind.PUT_MANIFEST, Kind.PUT_TAG)
                        .where(_ -> seen.incrementAndGet() >= nth)
                        .by(death.effect));
        Outcome outcome = signed.promote(ONE_TRY);
        signed.canonical().faults().clear();
        assertThat(outcome.failed()).as("write " + nth).isEqualTo(seen.get() >= nth);
        return outcome.failed();
    }

    @Test
    void twoRunsAtTheSameTimeLoseNothing() throws Exception {
        try (Signed signed = new Signed(folder, 1)) {
            signed.scene.stage("app", app, "v1", "latest");

            try (var one = new Beside<>(() -> signed.runBeside(Scene.confirmed(), TransportOptions.standard()));
                    var other = new Beside<>(() -> signed.runBeside(Scene.confirmed(), TransportOptions.standard()))) {
                assertThat(one.result().failed()).isFalse();
                assertThat(other.result().failed()).isFalse();
            }

            assertThat(signed.canonical().audit()).isEmpty();
            // Both may have found nothing and signed: an Ed25519 signature of the same is the same.
            assertThat(signed.kept("app", app.digest())).containsEntry("tag", 1).containsKeys("bundle", "record");
            assertThat(signed.kept("app", app.digest()).values())
                    .allSatisfy(count -> assertThat(count).isBetween(1, 2));
            assertThat(signed.promote().writes()).isFalse();
        }
    }

    private static void assertComplete(SampleImage image, Signed signed) throws Exception {
        assertThat(signed.kept("app", image.digest())).isEqualTo(ALL);
        for (Descriptor child : Manifest.parse(image.root()).manifests()) {
            assertThat(signed.kept("app", child.digest())).isEqualTo(SIGNED);
        }
    }
}
