// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.Plan;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.images.proof.ProofDecision.Unreadable;
import io.kpromo.images.proof.ProofDecision.Waiting;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is to be done so that all proof is there that is wanted: a value, made from three others without looking at
/// anything.
public final class ProofPlan {
    private record Place(Repository repository, Digest digest) {}

    private final List<ProofDecision> decisions;
    private final long complete;

    private ProofPlan(List<ProofDecision> decisions, long complete) {
        this.decisions = List.copyOf(decisions);
        this.complete = complete;
    }

    /// Nothing to prove.
    public static ProofPlan none() {
        return new ProofPlan(List.of(), 0);
    }

    /// No I/O, no clock, no chance.
    ///
    /// @param plan what becomes of the contents themselves
    public static ProofPlan between(DesiredProofs desired, ObservedProofs observed, Plan plan) {
        return between(desired, observed, plan, _ -> false, _ -> false);
    }

    /// For contents that are all in place.
    public static ProofPlan between(DesiredProofs desired, ObservedProofs observed) {
        return between(desired, observed, Set.of(), _ -> false);
    }

    /// The same.
    ///
    /// @param blocked what of the plan is not carried out
    /// @param refused what must not be proven, though its content is in place
    public static ProofPlan between(
            DesiredProofs desired,
            ObservedProofs observed,
            Plan plan,
            Predicate<Decision> blocked,
            Predicate<WantedProof> refused) {
        return between(desired, observed, absent(plan, blocked), refused);
    }

    private static ProofPlan between(
            DesiredProofs desired, ObservedProofs observed, Set<Place> absent, Predicate<WantedProof> refused) {
        List<ProofDecision> decisions = new ArrayList<>();
        long complete = 0;
        for (WantedProof wanted : desired.all()) {
            if (absent.contains(new Place(wanted.repository(), wanted.digest()))) {
                decisions.add(new Waiting(wanted));
                continue;
            }
            switch (observed.state(wanted)) {
                case ProofState.Unreadable(String why) -> decisions.add(new Unreadable(wanted, why));
                case ProofState.Seen seen -> {
                    List<Piece> missing = missing(wanted, seen);
                    if (missing.isEmpty()) {
                        complete++;
                    } else {
                        decisions.add(refused.test(wanted) ? new Waiting(wanted) : new Prove(wanted, missing));
                    }
                }
            }
        }
        return new ProofPlan(decisions, complete);
    }

    private static Set<Place> absent(Plan plan, Predicate<Decision> blocked) {
        Set<Place> absent = new HashSet<>();
        for (Decision decision : plan.decisions()) {
            boolean stays = switch (decision) {
                case Decision.Lost _, Decision.Unreadable _, Decision.Refused _ -> true;
                case Decision.UpToDate _, Decision.AddTag _, Decision.Copy _ -> false;
            };
            if (stays || blocked.test(decision)) {
                absent.add(new Place(decision.destination(), decision.content().digest()));
            }
        }
        return absent;
    }

    private static List<Piece> missing(WantedProof wanted, ProofState.Seen seen) {
        List<Piece> missing = new ArrayList<>();
        for (Piece piece : Piece.values()) {
            boolean lacks = piece == Piece.ATTESTATIONS
                    ? lacksAttestations(wanted, seen)
                    : wanted.pieces().contains(piece) && !seen.pieces().contains(piece);
            if (lacks) {
                missing.add(piece);
            }
        }
        return missing;
    }

    /// What refers to the manifests of an index was not looked at; where the record is there, it is there too.
    private static boolean lacksAttestations(WantedProof wanted, ProofState.Seen seen) {
        Set<Digest> ofRoot = wanted.attestations().getOrDefault(wanted.digest(), Set.of());
        return !seen.referrers().containsAll(ofRoot)
                || (!wanted.attestations().isEmpty() && !seen.pieces().contains(Piece.RECORD));
    }

    /// All but what is simply complete, by repository and digest.
    public List<ProofDecision> decisions() {
        return decisions;
    }

    /// The decisions of one kind, in order.
    public <D extends ProofDecision> Stream<D> all(Class<D> kind) {
        return decisions.stream().filter(kind::isInstance).map(kind::cast);
    }

    /// Contents whose proof is all there.
    public long complete() {
        return complete;
    }

    /// Whether carrying it out would write anything.
    public boolean writes() {
        return all(Prove.class).findAny().isPresent();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ProofPlan other && complete == other.complete && decisions.equals(other.decisions);
    }

    @Override
    public int hashCode() {
        return decisions.hashCode() + Long.hashCode(complete);
    }

    @Override
    public String toString() {
        return complete + " complete, " + decisions;
    }
}
