// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import static io.kpromo.images.plan.Wishes.digest;
import static io.kpromo.images.plan.Wishes.image;
import static io.kpromo.images.plan.Wishes.manifest;
import static io.kpromo.images.plan.Wishes.repository;
import static io.kpromo.images.plan.Wishes.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.plan.Observation;
import io.kpromo.images.plan.Plan;
import io.kpromo.images.plan.Wishes;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.images.proof.ProofDecision.Unreadable;
import io.kpromo.images.proof.ProofDecision.Waiting;
import io.kpromo.images.proof.ProofState.Seen;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProofPlanTest {
    private static final Repository SOURCE = repository("s.example.com/x/app");
    private static final Repository PROD = repository("a.example.com/p/app");
    private static final Tag TAG = new Tag("1.0");

    private final PromoterManifest manifest =
            manifest("m.yaml", "s.example.com/x", List.of("a.example.com/p"), image("app", wish(1, "1.0")));
    private final DesiredState contents = DesiredState.of(List.of(manifest));
    private final DesiredProofs desired = DesiredProofs.of(List.of(manifest), contents, ProofWishes.standard());
    private final WantedProof wanted = desired.all().getFirst();
    private final Observation inPlace = new Observation().pointsTo(PROD, TAG, digest(1));

    @Test
    void whatIsCompleteIsOnlyCounted() {
        ProofPlan plan = plan(saw(new Seen(wanted.pieces(), Set.of())), inPlace);
        assertThat(plan.decisions()).isEmpty();
        assertThat(plan.complete()).isEqualTo(1);
        assertThat(plan.writes()).isFalse();
    }

    @Test
    void whatIsMissingIsWrittenInTheOrderInWhichTheRecordComesLast() {
        assertThat(plan(saw(Seen.nothing()), inPlace).decisions())
                .containsExactly(new Prove(wanted, List.of(Piece.TAG_SIGNATURE, Piece.BUNDLE_SIGNATURE, Piece.RECORD)));
        assertThat(plan(saw(new Seen(Set.of(Piece.BUNDLE_SIGNATURE), Set.of())), inPlace)
                        .decisions())
                .containsExactly(new Prove(wanted, List.of(Piece.TAG_SIGNATURE, Piece.RECORD)));
    }

    @Test
    void attestationsThatTheStagingRegistryHasAreMissingUntilEachIsThere() {
        DesiredProofs proofs = desired.changed(proof -> proof.with(new Vetted(
                SOURCE, Vetted.Proven.nothing(), Map.of(), Map.of(proof.digest(), Set.of(digest(7), digest(8))))));
        WantedProof carrying = proofs.all().getFirst();
        Seen one = new Seen(wanted.pieces(), Set.of(digest(7)));
        Seen both = new Seen(wanted.pieces(), Set.of(digest(7), digest(8), digest(9)));
        assertThat(ProofPlan.between(proofs, _ -> one, Plan.between(contents, inPlace))
                        .decisions())
                .containsExactly(new Prove(carrying, List.of(Piece.ATTESTATIONS)));
        assertThat(ProofPlan.between(proofs, _ -> both, Plan.between(contents, inPlace))
                        .decisions())
                .isEmpty();
    }

    @Test
    void whatCouldNotBeSeenIsNotTakenForMissing() {
        ProofPlan plan = plan(saw(new ProofState.Unreadable("503")), inPlace);
        assertThat(plan.decisions()).containsExactly(new Unreadable(wanted, "503"));
        assertThat(plan.writes()).isFalse();
        assertThat(plan(new ProofObservation(), inPlace).decisions())
                .singleElement()
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void whatWillBeCopiedIsProvenAndWhatCannotBeIsNot() {
        Observation copied =
                new Observation().absent(PROD, TAG).missing(PROD, digest(1)).present(SOURCE, digest(1));
        Observation lost =
                new Observation().absent(PROD, TAG).missing(PROD, digest(1)).missing(SOURCE, digest(1));
        Observation moved = new Observation().pointsTo(PROD, TAG, digest(2));
        Observation unreadable = new Observation().unreadable(PROD, TAG, "500");
        assertThat(plan(saw(Seen.nothing()), copied).writes()).isTrue();
        for (Observation observed : List.of(lost, moved, unreadable)) {
            assertThat(plan(saw(Seen.nothing()), observed).decisions()).containsExactly(new Waiting(wanted));
        }
    }

    @Test
    void whatStagingSpeaksAgainstWaitsUnlessNothingIsMissing() {
        Plan copies = Plan.between(contents, inPlace);
        assertThat(ProofPlan.between(desired, saw(Seen.nothing()), copies, _ -> false, wanted::equals)
                        .decisions())
                .containsExactly(new Waiting(wanted));
        assertThat(ProofPlan.between(
                                desired, saw(new Seen(wanted.pieces(), Set.of())), copies, _ -> false, wanted::equals)
                        .complete())
                .isEqualTo(1);
    }

    @Property(tries = 300)
    void afterAPlanIsCarriedOutNothingIsMissingAndNoPieceWasWrittenTwice(
            @ForAll @IntRange(min = 1, max = 12) int digests, @ForAll Random chance) {
        PromoterManifest many = manifest(
                "m.yaml",
                "s.example.com/x",
                List.of("a.example.com/p", "b.example.com/p"),
                image("app", wishes(digests, chance)));
        DesiredState all = DesiredState.of(List.of(many));
        DesiredProofs proofs =
                DesiredProofs.of(List.of(many), all, ProofWishes.standard().withSummaries(chance.nextBoolean()));
        Plan copies = Plan.between(all, present(all));
        ProofObservation observed = new ProofObservation();
        proofs.all().forEach(proof -> observed.saw(proof, something(proof, chance)));

        ProofPlan plan = ProofPlan.between(proofs, observed, copies);

        assertThat(plan).isEqualTo(ProofPlan.between(proofs, observed, copies));
        assertThat(plan.complete() + plan.decisions().size())
                .isEqualTo(proofs.all().size());
        plan.all(Prove.class).forEach(prove -> {
            Seen before = (Seen) observed.state(prove.wanted());
            assertThat(prove.missing()).isSorted().doesNotHaveDuplicates();
            assertThat(prove.missing()).noneMatch(before.pieces()::contains);
            Set<Piece> after = EnumSet.copyOf(prove.missing());
            after.addAll(before.pieces());
            observed.saw(prove.wanted(), new Seen(after, Set.of()));
        });
        ProofPlan next = ProofPlan.between(proofs, observed, copies);
        assertThat(next.writes()).isFalse();
        assertThat(next.all(Unreadable.class))
                .containsExactlyElementsOf(plan.all(Unreadable.class).toList());
    }

    private static Wishes.Wish[] wishes(int digests, Random chance) {
        Wishes.Wish[] wishes = new Wishes.Wish[digests];
        for (int i = 0; i < digests; i++) {
            wishes[i] = chance.nextBoolean() ? wish(i, "v" + i) : wish(i);
        }
        return wishes;
    }

    private static ProofState something(WantedProof wanted, Random chance) {
        if (chance.nextInt(8) == 0) {
            return new ProofState.Unreadable("503 at " + wanted.reference());
        }
        Set<Piece> pieces = EnumSet.noneOf(Piece.class);
        for (Piece piece : Piece.values()) {
            if (piece != Piece.ATTESTATIONS && chance.nextBoolean()) {
                pieces.add(piece);
            }
        }
        return new Seen(pieces, Set.of());
    }

    private static Observation present(DesiredState all) {
        Observation observed = new Observation();
        all.repositories()
                .forEach(repository -> repository.contents().forEach(content -> {
                    Digest digest = content.digest();
                    observed.present(repository.destination(), digest);
                    content.tags().forEach(tag -> observed.pointsTo(repository.destination(), tag, digest));
                }));
        return observed;
    }

    private ProofObservation saw(ProofState state) {
        return new ProofObservation().saw(wanted, state);
    }

    private ProofPlan plan(ObservedProofs observed, Observation contentsSeen) {
        return ProofPlan.between(desired, observed, Plan.between(contents, contentsSeen));
    }
}
