// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.run.FileOutcome;
import io.kpromo.files.store.Scheme;
import io.kpromo.files.store.Stores;
import io.kpromo.files.store.artifact.ArtifactStore;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.plan.WantedContent;
import io.kpromo.images.proof.DesiredProofs;
import io.kpromo.images.proof.Notaries;
import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.ProofDecision;
import io.kpromo.images.proof.ProofPlan;
import io.kpromo.images.proof.ProofReader;
import io.kpromo.images.proof.ProofState;
import io.kpromo.images.proof.ProofWishes;
import io.kpromo.images.proof.Prover;
import io.kpromo.images.proof.WantedProof;
import io.kpromo.images.run.Outcome;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Tag;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.trust.store.Attachments;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Signs and records files that lie in registries, as images are: each in one registry, the canonical one where it
/// lies there. Files are looked at and signed when all are in place: an artifact's digest is known only then.
record FileProofs(Root root, SigningFlags flags, Session session, Stores stores, InstantSource clock) {
    private record Placed(FileEdge edge, ImageReference at, RawManifest manifest) {}

    /// @param signer who signs
    /// @throws io.kpromo.trust.TrustException when nothing can be signed, or would not count
    Outcome.Proofs prove(FileOutcome outcome, Signers.Opened signer) throws InterruptedException {
        ProofWishes wishes = flags.wishes(signer.format());
        Map<WantedProof, Placed> placed = new LinkedHashMap<>();
        canonical(outcome, wishes.canonical()).forEach(one -> placed.put(wanted(one, wishes), one));
        if (placed.isEmpty()) {
            return Outcome.Proofs.none();
        }
        Notaries notaries = new Notaries(signer.notary(), signer.notary());
        Attachments attachments = session.attachments();
        Map<WantedProof, FileEdge> edges =
                placed.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().edge));
        Prover prover = new Prover(
                session.registries(),
                attachments,
                attachments,
                notaries,
                new FileRecords(edges, flags.ids(), root.console().environment(), clock),
                BuildInfo.ours().version(),
                flags.operations());
        ProofPlan plan = plan(placed.keySet(), new ProofReader(attachments, notaries));
        prover.ready(plan);
        Map<ProofDecision, Optional<OciException>> results = new ConcurrentHashMap<>();
        try (Crew crew = new Crew("prove")) {
            plan.all(ProofDecision.Prove.class)
                    .forEach(decision -> crew.start(() -> {
                        try {
                            prover.prove(
                                    decision,
                                    Optional.ofNullable(placed.get(decision.wanted()))
                                            .map(Placed::manifest));
                            results.put(decision, Optional.empty());
                        } catch (OciException e) {
                            results.put(decision, Optional.of(e));
                        }
                    }));
            crew.join();
        }
        return new Outcome.Proofs(plan, results, prover.leftTagsOut());
    }

    private static ProofPlan plan(Set<WantedProof> all, ProofReader reader) throws InterruptedException {
        Map<WantedProof, ProofState> states = new ConcurrentHashMap<>();
        try (Crew crew = new Crew("look")) {
            all.forEach(wanted -> crew.start(() -> states.put(
                    wanted, reader.read(wanted.repository(), wanted.digest(), wanted.name(), wanted.pieces()))));
            crew.join();
        }
        return ProofPlan.between(
                DesiredProofs.of(List.copyOf(all)),
                wanted -> Optional.ofNullable(states.get(wanted)).orElseThrow());
    }

    /// Of each file the artifact that keeps proof.
    private List<Placed> canonical(FileOutcome outcome, RegistryName canonical) {
        Map<String, Placed> chosen = new LinkedHashMap<>();
        for (FileDecision decision : outcome.plan().decisions()) {
            if (isInPlace(decision, outcome)) {
                placed(decision.edge())
                        .ifPresent(one -> chosen.merge(
                                one.edge.from(),
                                one,
                                (first, next) ->
                                        !canonical.holds(first.at.repository()) && canonical.holds(next.at.repository())
                                                ? next
                                                : first));
            }
        }
        return List.copyOf(chosen.values());
    }

    private static boolean isInPlace(FileDecision decision, FileOutcome outcome) {
        return decision instanceof FileDecision.UpToDate
                || Optional.empty().equals(outcome.results().get(decision.edge()));
    }

    private Optional<Placed> placed(FileEdge edge) {
        return edge.destination().scheme() == Scheme.OCI
                        && stores.destination(edge.destination()) instanceof ArtifactStore store
                ? store.manifest(edge.name()).map(raw -> new Placed(edge, store.reference(edge.name()), raw))
                : Optional.empty();
    }

    private static WantedProof wanted(Placed placed, ProofWishes wishes) {
        ImageReference at = placed.at;
        List<Tag> tags = at.reference() instanceof Tag tag ? List.of(tag) : List.of();
        WantedContent content = new WantedContent(
                placed.manifest.digest(),
                List.of(at.repository()),
                tags,
                placed.edge.place(),
                tags.stream().map(tag -> placed.edge.place()).toList());
        Set<Piece> pieces = EnumSet.of(Piece.RECORD);
        pieces.addAll(wishes.format().pieces());
        return new WantedProof(at.repository(), content, wishes.names().of(at.repository()), pieces, Optional.empty());
    }
}
