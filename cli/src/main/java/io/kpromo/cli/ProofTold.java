// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.Proof;
import io.kpromo.cli.report.Proofs;
import io.kpromo.cli.terminal.Log;
import io.kpromo.cli.terminal.Text;
import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.ProofDecision;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.images.proof.WantedProof;
import io.kpromo.images.run.Outcome;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What became of signatures and records, told.
///
/// @param unplaced what would be signed though it is not there yet, so that nobody knows its digest
record ProofTold(Outcome.Proofs proofs, List<Proof> unplaced) {
    /// Lines that are shown; a report has them all.
    private static final int SHOWN = 20;

    ProofTold(Outcome.Proofs proofs) {
        this(proofs, List.of());
    }

    /// Nothing is to be signed.
    static ProofTold none() {
        return new ProofTold(Outcome.Proofs.none());
    }

    Proofs model() {
        return new Proofs(
                proofs.plan().complete(),
                Stream.concat(proofs.plan().decisions().stream().map(this::proof), unplaced.stream())
                        .toList());
    }

    /// Whether anything was signed, or would be.
    boolean writes() {
        return proofs.plan().writes() || !unplaced.isEmpty();
    }

    private Proof proof(ProofDecision decision) {
        WantedProof wanted = decision.wanted();
        return new Proof(
                state(decision),
                wanted.repository().toString(),
                wanted.digest().toString(),
                wanted.name(),
                wanted.content().tags().stream().map(Tag::text).toList(),
                decision instanceof Prove prove
                        ? prove.missing().stream().map(Piece::words).toList()
                        : List.of(),
                why(decision));
    }

    private Proof.State state(ProofDecision decision) {
        return switch (decision) {
            case ProofDecision.Unreadable _ -> Proof.State.FAILED;
            case ProofDecision.Waiting _ -> Proof.State.WAITING;
            case Prove prove -> {
                Optional<OciException> failure = proofs.results().get(prove);
                if (failure == null) {
                    yield Proof.State.TO_SIGN;
                }
                yield failure.isPresent() ? Proof.State.FAILED : Proof.State.SIGNED;
            }
        };
    }

    private String why(ProofDecision decision) {
        return switch (decision) {
            case ProofDecision.Unreadable unreadable -> unreadable.why();
            case ProofDecision.Waiting _ -> "";
            case Prove prove ->
                proofs.results()
                        .getOrDefault(prove, Optional.empty())
                        .map(e -> String.valueOf(e.getMessage()))
                        .orElse("");
        };
    }

    /// What failed, and what would be signed.
    void lines(Log log) {
        lines(log, Proof.State.FAILED);
        plans(log);
    }

    /// A line for each that failed.
    List<String> failures() {
        return all(Proof.State.FAILED)
                .map(proof -> what(proof) + ": " + proof.why())
                .toList();
    }

    private Stream<Proof> all(Proof.State state) {
        return model().others().stream().filter(proof -> proof.state() == state);
    }

    private void lines(Log log, Proof.State state) {
        List<Proof> some = all(state).toList();
        some.stream().limit(SHOWN).forEach(proof -> line(log, proof));
        if (some.size() > SHOWN && state != Proof.State.SIGNED) {
            log.info("and " + Text.count(some.size() - SHOWN) + " more " + state.words()
                    + "; --report FILE.html shows all");
        }
    }

    /// What would be signed, or was.
    void plans(Log log) {
        lines(log, Proof.State.TO_SIGN);
        lines(log, Proof.State.SIGNED);
        if (proofs.withoutTags()) {
            log.warn("no signature was written under a tag: this identity can't make one that verifies");
        }
    }

    private static String what(Proof proof) {
        return "sign " + proof.image()
                + (proof.digest().isEmpty() ? ":" + String.join(",", proof.tags()) : "@" + proof.digest());
    }

    private static void line(Log log, Proof proof) {
        String what = what(proof);
        String pieces = String.join(", ", proof.pieces());
        switch (proof.state()) {
            case FAILED -> log.error(what + ": " + proof.why());
            case TO_SIGN -> log.info(what + ": " + pieces);
            case SIGNED, WAITING -> log.debug(what + ": " + pieces);
        }
    }

    boolean failed() {
        return model().count(Proof.State.FAILED) > 0;
    }

    /// In a line: `3 signed, 2 complete`; empty where nothing was to be signed.
    String counts() {
        Proofs model = model();
        List<String> counts = new ArrayList<>();
        if (model.complete() > 0) {
            counts.add(Text.count(model.complete()) + " complete");
        }
        for (Proof.State state : Proof.State.values()) {
            if (model.count(state) > 0) {
                counts.add(Text.count(model.count(state)) + " " + state.words());
            }
        }
        return counts.stream().collect(Collectors.joining(", "))
                + (counts.isEmpty() ? "" : " (signatures and records)");
    }
}
