// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.plan.Observation;
import io.kpromo.images.plan.Plan;
import io.kpromo.images.proof.ProofObservation;
import io.kpromo.images.proof.ProofPlan;
import io.kpromo.images.proof.ProofReader;
import io.kpromo.images.proof.WantedProof;
import io.kpromo.images.run.PromotionListener.Phase;
import io.kpromo.images.trust.StagingCheck;
import io.kpromo.images.trust.StagingReport;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.oci.copy.SourceTrees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// One promotion: observe, decide, guard, execute.
///
/// What a run that died left undone is found by looking and done by the next one; nothing is remembered.
public final class Promotion {
    private final Registries registries;
    private final PromotionOptions options;
    private final PromotionListener listener;
    private final Function<SourceTrees, Optional<StagingCheck>> check;

    public Promotion(Registries registries, PromotionOptions options, PromotionListener listener) {
        this(registries, options, listener, _ -> Optional.empty());
    }

    /// One that asks first whether what lies in staging may be promoted.
    ///
    /// @param check made with the manifests of sources that this promotion has read
    public Promotion(
            Registries registries,
            PromotionOptions options,
            PromotionListener listener,
            Function<SourceTrees, Optional<StagingCheck>> check) {
        this.registries = registries;
        this.options = options;
        this.listener = listener;
        this.check = check;
    }

    /// Makes the registries hold what is desired, or, without confirmation, finds out what that would take. One
    /// tag move or one image over the size limit, and nothing is written at all.
    ///
    /// @throws InterruptedException when told to stop; whatever was written is complete, and a rerun does the
    ///     rest
    public Outcome run(DesiredState desired) throws InterruptedException {
        return run(desired, Optional.empty());
    }

    /// The same, with proof.
    ///
    /// @param proofs what shall be signed and recorded, and by whom
    /// @throws io.kpromo.trust.TrustException when something is to be signed and can't be; nothing was written
    public Outcome run(DesiredState desired, Proofs proofs) throws InterruptedException {
        return run(desired, Optional.of(proofs));
    }

    private Outcome run(DesiredState desired, Optional<Proofs> proofs) throws InterruptedException {
        long began = System.nanoTime();
        SourceTrees trees = new SourceTrees(registries.manifests());
        Looks looks = observe(desired, proofs, trees);
        Plan plan = Plan.between(desired, looks.contents);
        Screening screening = screening(plan, proofs, looks, trees);
        StagingReport staging = screening.report();
        ProofPlan toProve = proofs.map(wanted -> ProofPlan.between(
                        wanted.desired().changed(screening::vetted),
                        looks.proofs,
                        plan,
                        screening::blocks,
                        screening::refuses))
                .orElseGet(ProofPlan::none);
        List<Outcome.Oversized> oversized = plan.refusals().isEmpty() ? oversized(plan, trees) : List.of();
        long planned = System.nanoTime();
        Proving proving = proofs.map(wanted -> new Proving(toProve, wanted.prover()::prove, listener))
                .orElseGet(() -> Proving.nothing(listener));
        Execution execution = new Execution(registries, options.copying(), trees, listener, proving);
        boolean stopped = options.failFast() && (staging.refused() || staging.unseen());
        Supplier<Outcome> soFar = () -> new Outcome(
                plan,
                staging,
                stopped,
                oversized,
                execution.results(),
                new Outcome.Proofs(
                        toProve,
                        proving.results(),
                        proofs.isPresent() && proofs.get().prover().leftTagsOut()),
                options.confirm(),
                Duration.ofNanos(planned - began),
                Duration.ofNanos(System.nanoTime() - planned));
        listener.planned(soFar);
        if (options.confirm() && plan.refusals().isEmpty() && oversized.isEmpty() && !stopped) {
            if (proofs.isPresent() && toProve.writes()) {
                proofs.get().prover().ready(toProve);
            }
            execution.run(plan.keeping(decision -> !screening.blocks(decision)));
        }
        return soFar.get();
    }

    private Screening screening(Plan plan, Optional<Proofs> proofs, Looks looks, SourceTrees trees)
            throws InterruptedException {
        Optional<StagingCheck> asked = plan.refusals().isEmpty() ? check.apply(trees) : Optional.empty();
        if (asked.isEmpty()) {
            return Screening.none();
        }
        ProofPlan incomplete = proofs.map(wanted -> ProofPlan.between(wanted.desired(), looks.proofs, plan))
                .orElseGet(ProofPlan::none);
        return Screening.of(asked.get(), plan, incomplete, trees);
    }

    private record Looks(Observation contents, ProofObservation proofs) {}

    /// Contents and proof at the same time: neither question needs the other's answer.
    private Looks observe(DesiredState desired, Optional<Proofs> proofs, SourceTrees trees)
            throws InterruptedException {
        boolean needManifests = options.confirm() || options.maxImageBytes() > 0;
        Observer observer = new Observer(registries, trees, options.observing().withManifests(needManifests), listener);
        Collection<WantedProof> wanted =
                proofs.map(some -> some.desired().all()).orElse(List.of());
        listener.begin(Phase.OBSERVE, desired.edges() + wanted.size());
        ProofObservation seen = new ProofObservation();
        try (Crew crew = new Crew("look")) {
            if (proofs.isPresent()) {
                crew.start(() -> look(wanted, proofs.get().reader(), seen));
            }
            Observation contents = observer.observe(desired);
            crew.join();
            return new Looks(contents, seen);
        }
    }

    private void look(Collection<WantedProof> wanted, ProofReader reader, ProofObservation seen)
            throws InterruptedException {
        Workers.each(wanted, options.observing().atOnce(), proof -> {
            seen.saw(proof, reader.read(proof.repository(), proof.digest(), proof.name(), proof.pieces()));
            listener.advance(Phase.OBSERVE, 1);
        });
    }

    /// Asks for the manifests of what is to be copied, as copying would.
    private List<Outcome.Oversized> oversized(Plan plan, SourceTrees trees) throws InterruptedException {
        if (options.maxImageBytes() <= 0) {
            return List.of();
        }
        Map<Digest, Long> sizes = new HashMap<>();
        List<Outcome.Oversized> over = new ArrayList<>();
        for (Decision.Copy copy : plan.all(Decision.Copy.class).toList()) {
            Digest digest = copy.content().digest();
            if (!sizes.containsKey(digest)) {
                sizes.put(digest, size(copy.source(), digest, trees));
            }
            long bytes = sizes.getOrDefault(digest, 0L);
            if (bytes > options.maxImageBytes()) {
                over.add(new Outcome.Oversized(copy, bytes, options.maxImageBytes()));
            }
        }
        return over;
    }

    private static long size(Repository source, Digest digest, SourceTrees trees) throws InterruptedException {
        try {
            return trees.tree(source, digest).size();
        } catch (OciException e) {
            // What can't be fetched can't be copied either, and copying says why.
            return 0;
        }
    }
}
