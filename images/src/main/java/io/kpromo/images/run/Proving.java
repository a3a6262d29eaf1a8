// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.Plan;
import io.kpromo.images.proof.ProofDecision;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.images.proof.ProofPlan;
import io.kpromo.images.run.PromotionListener.Phase;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.concurrent.Crew;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Proves each content as soon as it is in place with its tags, while others are still copied. Mirrors are not
/// waited for: proof is about what the canonical registry holds.
final class Proving {
    /// What makes one proof; fails as copying does.
    @FunctionalInterface
    interface Work {
        /// @param known the content's manifest, where it is at hand
        void prove(Prove decision, Optional<RawManifest> known) throws InterruptedException;
    }

    private record Place(Repository repository, Digest digest) {}

    private static final class Expected {
        final Prove decision;
        final AtomicInteger edges = new AtomicInteger();
        final AtomicBoolean failed = new AtomicBoolean();

        Expected(Prove decision) {
            this.decision = decision;
        }
    }

    private final ProofPlan plan;
    private final Work work;
    private final PromotionListener listener;
    private final Map<Place, Expected> expected = new LinkedHashMap<>();
    private final Map<ProofDecision, Optional<OciException>> results = new ConcurrentHashMap<>();

    Proving(ProofPlan plan, Work work, PromotionListener listener) {
        this.plan = plan;
        this.work = work;
        this.listener = listener;
    }

    static Proving nothing(PromotionListener listener) {
        return new Proving(ProofPlan.none(), (_, _) -> {}, listener);
    }

    /// What has been proven until now, and how it ended.
    Map<ProofDecision, Optional<OciException>> results() {
        return results;
    }

    /// How many contents will be proven.
    long count() {
        return plan.all(Prove.class).count();
    }

    /// Begins with those that wait for nothing. To be called before anything else is done.
    ///
    /// @param contents what is to be copied and tagged
    void begin(Plan contents, Crew crew) {
        plan.all(Prove.class).forEach(decision -> expected.put(place(decision), new Expected(decision)));
        contents.decisions().forEach(decision -> {
            Expected proof = expected.get(place(decision));
            if (proof != null && (decision instanceof Decision.Copy || decision instanceof Decision.AddTag)) {
                proof.edges.incrementAndGet();
            }
        });
        expected.values().stream()
                .filter(proof -> proof.edges.get() == 0)
                .forEach(proof -> crew.start(() -> prove(proof, Optional.empty())));
    }

    /// One piece of work on a content has ended; the last one lets its proof begin.
    ///
    /// @param known its manifest, where it is at hand
    void ended(Decision decision, Optional<OciException> failure, Optional<RawManifest> known, Crew crew) {
        Expected proof = expected.get(place(decision));
        if (proof == null) {
            return;
        }
        if (failure.isPresent()) {
            proof.failed.set(true);
        }
        if (proof.edges.decrementAndGet() == 0) {
            if (proof.failed.get()) {
                finished(proof.decision, Optional.of(new OciException("not signed, because it is not in place")));
            } else {
                crew.start(() -> prove(proof, known));
            }
        }
    }

    private void prove(Expected proof, Optional<RawManifest> known) throws InterruptedException {
        listener.proving(proof.decision);
        try {
            work.prove(proof.decision, known);
            finished(proof.decision, Optional.empty());
        } catch (OciException e) {
            finished(proof.decision, Optional.of(e));
        }
    }

    private void finished(Prove decision, Optional<OciException> failure) {
        results.put(decision, failure);
        listener.proven(decision, failure);
        listener.advance(Phase.EXECUTE, 1);
    }

    private static Place place(Prove decision) {
        return new Place(decision.wanted().repository(), decision.wanted().digest());
    }

    private static Place place(Decision decision) {
        return new Place(decision.destination(), decision.content().digest());
    }
}
