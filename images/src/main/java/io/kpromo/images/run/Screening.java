// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.Plan;
import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.images.proof.ProofPlan;
import io.kpromo.images.proof.WantedProof;
import io.kpromo.images.trust.Staged;
import io.kpromo.images.trust.StagingCheck;
import io.kpromo.images.trust.StagingReport;
import io.kpromo.images.trust.StagingVerdict;
import io.kpromo.oci.OciException;
import io.kpromo.oci.copy.SourceTrees;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What staging says to what is about to be written: to contents that are copied, and to proof of contents that are
/// in place already, where that proof tells or carries what lies in staging. So who continues what another run left
/// undone claims as much as that run would have, and no more.
record Screening(StagingReport report) {
    static Screening none() {
        return new Screening(StagingReport.none());
    }

    /// @param proofs that are incomplete
    static Screening of(StagingCheck check, Plan plan, ProofPlan proofs, SourceTrees trees)
            throws InterruptedException {
        List<Staged> copied = Staged.of(plan);
        Set<Staged> known = new HashSet<>(copied);
        Set<Staged> before = new HashSet<>();
        for (Prove prove : proofs.all(Prove.class).toList()) {
            if (tellsOfStaging(prove, check) && sources(prove.wanted()).noneMatch(known::contains)) {
                before.add(source(prove.wanted(), trees));
            }
        }
        return new Screening(check.check(copied, before, _ -> {}));
    }

    /// Summaries tell what staging proved; where the record is missing, what a policy accepted may not have been
    /// carried.
    private static boolean tellsOfStaging(Prove prove, StagingCheck check) {
        return prove.missing().contains(Piece.SUMMARY)
                || (prove.missing().contains(Piece.RECORD)
                        && sources(prove.wanted()).map(Staged::source).anyMatch(check::hasPolicy));
    }

    private static Stream<Staged> sources(WantedProof wanted) {
        return wanted.content().sources().stream().map(source -> new Staged(source, wanted.digest()));
    }

    /// The first that holds it, as copying would have it; where none does, the first.
    private static Staged source(WantedProof wanted, SourceTrees trees) throws InterruptedException {
        List<Staged> all = sources(wanted).toList();
        for (Staged staged : all) {
            if (all.size() == 1 || isThere(staged, trees)) {
                return staged;
            }
        }
        return all.getFirst();
    }

    private static boolean isThere(Staged staged, SourceTrees trees) throws InterruptedException {
        try {
            return trees.manifest(staged.source(), staged.digest()).isPresent();
        } catch (OciException e) {
            // It may be, and whoever checks it will say why it can't be told.
            return true;
        }
    }

    /// What of the plan is not carried out.
    boolean blocks(Decision decision) {
        return decision instanceof Decision.Copy copy && report.blocks(Staged.of(copy));
    }

    /// Whether a content must not be proven.
    boolean refuses(WantedProof wanted) {
        return verdict(wanted).filter(StagingVerdict::blocks).isPresent();
    }

    /// The same, with what staging says of it.
    WantedProof vetted(WantedProof wanted) {
        Optional<StagingVerdict> verdict = verdict(wanted);
        if (verdict.filter(StagingVerdict::gone).isPresent()) {
            return wanted.withoutSummary();
        }
        return verdict.flatMap(StagingVerdict::vetted).map(wanted::with).orElse(wanted);
    }

    private Optional<StagingVerdict> verdict(WantedProof wanted) {
        return sources(wanted).flatMap(staged -> report.of(staged).stream()).findFirst();
    }
}
