// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.Proof;
import io.kpromo.cli.terminal.Tally;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Signs and records files that lie in registries, as images are: each in one registry, the canonical one where it
/// lies there. Files are looked at and signed when all are in place: an artifact's digest is known only then.
///
/// @param soFar the run; hears what is looked at and signed
record FileProofs(
        Root root, SigningFlags flags, Session session, Stores stores, InstantSource clock, FilesSoFar soFar) {
    private record Placed(FileEdge edge, ImageReference at, RawManifest manifest) {}

    /// What was signed; after a dry run, what would be. Nothing where the plan was stopped, for then nothing is
    /// written.
    ///
    /// @param signer who signs
    /// @throws io.kpromo.trust.TrustException when nothing can be signed, or would not count
    ProofTold of(FileOutcome outcome, Signers.Opened signer) throws InterruptedException {
        if (outcome.plan().stopped()) {
            return ProofTold.none();
        }
        ProofWishes wishes = flags.wishes(signer.format());
        Set<FileEdge> open = outcome.confirmed() ? Set.of() : toCopy(outcome);
        Map<WantedProof, Placed> placed = new LinkedHashMap<>();
        List<Proof> unplaced = new ArrayList<>();
        for (FileEdge edge : canonical(outcome, wishes.canonical())) {
            if (open.contains(edge)) {
                unplaced.add(foreseen(reference(edge), wishes));
            } else {
                placed(edge).ifPresent(one -> placed.put(wanted(one, wishes), one));
            }
        }
        if (outcome.confirmed()) {
            return new ProofTold(prove(placed, signer));
        }
        ProofPlan plan = plan(placed.keySet(), new ProofReader(session.attachments(), notaries(signer)));
        return new ProofTold(new Outcome.Proofs(plan, Map.of(), false), unplaced);
    }

    private static Notaries notaries(Signers.Opened signer) {
        return new Notaries(signer.notary(), signer.notary());
    }

    private Outcome.Proofs prove(Map<WantedProof, Placed> placed, Signers.Opened signer) throws InterruptedException {
        if (placed.isEmpty()) {
            return Outcome.Proofs.none();
        }
        Notaries notaries = notaries(signer);
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
        soFar.proves(() -> new ProofTold(new Outcome.Proofs(plan, results, prover.leftTagsOut())));
        Tally tally = soFar.tally().tally();
        List<ProofDecision.Prove> toSign = plan.all(ProofDecision.Prove.class).toList();
        tally.begin(Tally.Stage.SIGN, toSign.size());
        try (Crew crew = new Crew("prove")) {
            toSign.forEach(decision -> crew.start(() -> {
                Placed file = Objects.requireNonNull(placed.get(decision.wanted()));
                tally.started(decision, "sign " + file.at);
                Optional<OciException> failure = Optional.empty();
                try {
                    prover.prove(decision, Optional.of(file.manifest));
                } catch (OciException e) {
                    failure = Optional.of(e);
                }
                results.put(decision, failure);
                tally.ended(decision, failure.isPresent());
                tally.advance(1);
            }));
            crew.join();
        }
        return new Outcome.Proofs(plan, results, prover.leftTagsOut());
    }

    private ProofPlan plan(Set<WantedProof> all, ProofReader reader) throws InterruptedException {
        Map<WantedProof, ProofState> states = new ConcurrentHashMap<>();
        Tally tally = soFar.tally().tally();
        tally.begin(Tally.Stage.FIND_PROOF, all.size());
        try (Crew crew = new Crew("look")) {
            all.forEach(wanted -> crew.start(() -> {
                states.put(wanted, reader.read(wanted.repository(), wanted.digest(), wanted.name(), wanted.pieces()));
                tally.advance(1);
            }));
            crew.join();
        }
        return ProofPlan.between(
                DesiredProofs.of(List.copyOf(all)),
                wanted -> Optional.ofNullable(states.get(wanted)).orElseThrow());
    }

    /// Of each file the artifact that keeps proof: of those that are in place, or would be.
    private List<FileEdge> canonical(FileOutcome outcome, RegistryName canonical) {
        Map<String, FileEdge> chosen = new LinkedHashMap<>();
        for (FileDecision decision : outcome.plan().decisions()) {
            FileEdge edge = decision.edge();
            if (edge.destination().scheme() == Scheme.OCI && isInPlace(decision, outcome)) {
                chosen.merge(
                        edge.from(),
                        edge,
                        (first, next) -> !canonical.holds(reference(first).repository())
                                        && canonical.holds(reference(next).repository())
                                ? next
                                : first);
            }
        }
        return List.copyOf(chosen.values());
    }

    private static boolean isInPlace(FileDecision decision, FileOutcome outcome) {
        return switch (decision) {
            case FileDecision.UpToDate _ -> true;
            case FileDecision.Copy copy ->
                !outcome.confirmed()
                        || Optional.empty().equals(outcome.results().get(copy.edge()));
            case FileDecision.Missing _, FileDecision.Refused _, FileDecision.Unreadable _ -> false;
        };
    }

    /// Files that are not there yet. Which digest an artifact has is known only when all of its file was read.
    private static Set<FileEdge> toCopy(FileOutcome outcome) {
        return outcome.plan()
                .all(FileDecision.Copy.class)
                .map(FileDecision.Copy::edge)
                .collect(Collectors.toSet());
    }

    private ArtifactStore store(FileEdge edge) {
        return (ArtifactStore) stores.destination(edge.destination());
    }

    private ImageReference reference(FileEdge edge) {
        return store(edge).reference(edge.name());
    }

    private Optional<Placed> placed(FileEdge edge) {
        return store(edge).manifest(edge.name()).map(raw -> new Placed(edge, reference(edge), raw));
    }

    private static Proof foreseen(ImageReference at, ProofWishes wishes) {
        return new Proof(
                Proof.State.TO_SIGN,
                at.repository().toString(),
                "",
                wishes.names().of(at.repository()),
                at.reference() instanceof Tag tag ? List.of(tag.text()) : List.of(),
                pieces(wishes).stream().map(Piece::words).toList(),
                "");
    }

    private static Set<Piece> pieces(ProofWishes wishes) {
        Set<Piece> pieces = EnumSet.of(Piece.RECORD);
        pieces.addAll(wishes.format().pieces());
        return pieces;
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
        return new WantedProof(
                at.repository(), content, wishes.names().of(at.repository()), pieces(wishes), Optional.empty());
    }
}
