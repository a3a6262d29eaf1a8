// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import static io.kpromo.images.plan.Wishes.digest;
import static io.kpromo.images.plan.Wishes.image;
import static io.kpromo.images.plan.Wishes.manifest;
import static io.kpromo.images.plan.Wishes.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.plan.DesiredState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DesiredProofsTest {
    private static final PromoterManifest KUBERNETES = manifest(
            "m.yaml",
            "gcr.io/staging",
            List.of(
                    "europe-west1-docker.pkg.dev/k8s-artifacts-prod/images/team",
                    "us-central1-docker.pkg.dev/k8s-artifacts-prod/images/team"),
            image("app", wish(1, "1.0", "latest"), wish(2)));

    @Test
    void proofIsKeptOnTheCanonicalRegistryAlone() {
        List<WantedProof> all = proofs(ProofWishes.standard(), KUBERNETES).all();
        assertThat(all).hasSize(2).allSatisfy(proof -> {
            assertThat(proof.repository()).hasToString("us-central1-docker.pkg.dev/k8s-artifacts-prod/images/team/app");
            assertThat(proof.name()).isEqualTo("registry.k8s.io/team/app");
        });
    }

    @Test
    void whatHasATagIsSignedAndEverythingIsRecorded() {
        DesiredProofs proofs = proofs(ProofWishes.standard(), KUBERNETES);
        assertThat(of(1, proofs).pieces())
                .containsExactlyInAnyOrder(Piece.TAG_SIGNATURE, Piece.BUNDLE_SIGNATURE, Piece.RECORD);
        assertThat(of(2, proofs).pieces()).containsExactly(Piece.RECORD);
    }

    @Test
    void formatAndSummariesAreAsWished() {
        ProofWishes wishes =
                ProofWishes.standard().withFormat(SignatureFormat.TAG).withSummaries(true);
        DesiredProofs proofs = proofs(wishes, KUBERNETES);
        assertThat(of(1, proofs).pieces()).isEqualTo(Set.of(Piece.TAG_SIGNATURE, Piece.SUMMARY, Piece.RECORD));
        assertThat(of(2, proofs).pieces()).isEqualTo(Set.of(Piece.SUMMARY, Piece.RECORD));
    }

    @Test
    void whereNoDestinationIsCanonicalTheFirstOfTheManifestIs() {
        PromoterManifest elsewhere = manifest(
                "m.yaml", "s.example.com/x", List.of("z.example.com/p", "a.example.com/p"), image("app", wish(1, "1")));
        assertThat(proofs(ProofWishes.standard(), elsewhere).all())
                .singleElement()
                .satisfies(proof -> assertThat(proof.repository()).hasToString("z.example.com/p/app"));
    }

    @Test
    void aCanonicalRegistryMayBeAPathAndIsNotFooledByNamesThatBeginAlike() {
        PromoterManifest two = manifest(
                "m.yaml",
                "s.example.com/x",
                List.of("a.example.com/production", "a.example.com/prod/eu"),
                image("app", wish(1, "1")));
        ProofWishes wishes = ProofWishes.standard().withCanonical(RegistryName.parse("a.example.com/prod"));
        assertThat(proofs(wishes, two).all())
                .singleElement()
                .satisfies(proof -> assertThat(proof.repository()).hasToString("a.example.com/prod/eu/app"));
    }

    @Test
    void aContentThatTwoManifestsPutIntoOneRepositoryIsProvenOnce() {
        PromoterManifest other =
                manifest("n.yaml", "gcr.io/other", List.of("eu.example.com/q"), image("tool", wish(1, "1.0")));
        PromoterManifest third =
                manifest("o.yaml", "gcr.io/other", List.of("eu.example.com/q"), image("tool", wish(1, "2.0")));
        assertThat(proofs(ProofWishes.standard(), other, third).all())
                .singleElement()
                .satisfies(proof -> assertThat(proof.content().tags()).hasSize(2));
    }

    @Test
    void whatAFilterLeavesOutIsNotProven() {
        DesiredState some = DesiredState.of(List.of(KUBERNETES)).keeping(digest(2)::equals);
        assertThat(DesiredProofs.of(List.of(KUBERNETES), some, ProofWishes.standard())
                        .all())
                .singleElement()
                .satisfies(proof -> assertThat(proof.digest()).isEqualTo(digest(2)));
    }

    private static DesiredProofs proofs(ProofWishes wishes, PromoterManifest... manifests) {
        return DesiredProofs.of(List.of(manifests), DesiredState.of(List.of(manifests)), wishes);
    }

    private static WantedProof of(int number, DesiredProofs proofs) {
        return proofs.all().stream()
                .filter(proof -> proof.digest().equals(digest(number)))
                .findFirst()
                .orElseThrow();
    }
}
