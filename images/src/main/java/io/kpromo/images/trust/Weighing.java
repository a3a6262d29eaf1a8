// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.images.manifest.PlacedPolicy;
import io.kpromo.images.trust.StagingVerdict.Result;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.PolicyVerdict;
import io.kpromo.trust.policy.ProvenancePolicy;
import io.kpromo.trust.policy.ProvenancePolicy.Mode;
import io.kpromo.trust.policy.Standing;
import io.kpromo.trust.policy.Violation;
import io.kpromo.trust.store.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// From what was found to a verdict. What was tampered with blocks with a policy and without: a policy never
/// makes the rules laxer.
record Weighing(Staged staged, Optional<PlacedPolicy> policy, Optional<ExpectedIdentity> expected) {
    /// Reasons that are told; a hostile image may have thousands.
    private static final int MOST_TOLD = 20;

    StagingVerdict verdict(LookedTree tree) {
        List<DigestEvidence> digests = tree.all().stream().map(this::evidence).toList();
        return new StagingVerdict(staged, policy, result(tree, digests), digests);
    }

    private DigestEvidence evidence(LookedTree one) {
        return new DigestEvidence(
                one.name(),
                one.digest(),
                one.found().all(),
                policy.map(placed -> placed.policy().judge(one.proven())));
    }

    private Result result(LookedTree tree, List<DigestEvidence> digests) {
        List<String> unseen = tree.all().stream()
                .flatMap(one -> one.found().unseen().stream())
                .map(Finding::toString)
                .distinct()
                .limit(MOST_TOLD)
                .toList();
        if (!unseen.isEmpty()) {
            return new Result.Unseen(unseen);
        }
        List<String> wrong = new ArrayList<>();
        digests.forEach(one -> wrong.addAll(tampered(one, one.digest().equals(tree.digest()))));
        PolicyVerdict judged = digests.getFirst().verdict().orElse(new PolicyVerdict.Passed(0, List.of()));
        boolean requires = policy.map(PlacedPolicy::policy)
                .map(ProvenancePolicy::mode)
                .filter(mode -> mode == Mode.REQUIRE)
                .isPresent();
        List<String> violations = judged instanceof PolicyVerdict.Violated(List<Violation> all)
                ? all.stream().map(Violation::toString).toList()
                : List.of();
        if (!wrong.isEmpty() || (requires && !violations.isEmpty())) {
            wrong.addAll(violations);
            return new Result.Refused(wrong.stream().limit(MOST_TOLD).toList());
        }
        if (!violations.isEmpty()) {
            return new Result.Warned(violations);
        }
        if (policy.isPresent()) {
            return new Result.Passed(judged instanceof PolicyVerdict.Passed(int level, var _, var _) ? level : 0);
        }
        return verified(digests.getFirst());
    }

    /// What must not be there: things that do not verify, and right signatures for other digests.
    private List<String> tampered(DigestEvidence one, boolean root) {
        List<String> wrong = new ArrayList<>();
        String whose = root ? "" : one.name() + " " + one.digest() + ": ";
        for (Evidence evidence : one.evidence()) {
            if (evidence.standing() instanceof Standing.Failed(String why)) {
                wrong.add(told(whose + named(evidence) + " (" + evidence.where() + ") does not verify: " + why));
            } else if (!evidence.about() && isExpected(evidence)) {
                wrong.add(told(whose + named(evidence) + " (" + evidence.where() + ") by "
                        + evidence.signer().orElseThrow() + " is about another digest"));
            }
        }
        return wrong;
    }

    private Result verified(DigestEvidence root) {
        boolean proved = root.evidence().stream()
                .anyMatch(e -> (e.isSignature() || e.isProvenance()) && e.about() && isExpected(e));
        if (proved) {
            return new Result.Passed(0);
        }
        Set<String> others = new LinkedHashSet<>();
        root.evidence().stream()
                .filter(evidence -> evidence.isSignature() || evidence.isProvenance())
                .limit(MOST_TOLD)
                .forEach(evidence -> others.add(told(named(evidence) + " "
                        + evidence.signer()
                                .map(signer -> "by " + signer + ", who is not expected")
                                .orElse(evidence.standing().word()))));
        return new Result.Warned(List.of(
                others.isEmpty()
                        ? "neither a signature nor provenance was found in staging"
                        : "nothing in staging is by "
                                + expected.map(Object::toString).orElse("whom we expect") + "; found: "
                                + String.join("; ", others)));
    }

    private boolean isExpected(Evidence evidence) {
        return evidence.signer()
                .filter(signer -> expected.filter(who -> who.matches(signer)).isPresent())
                .isPresent();
    }

    private static String named(Evidence evidence) {
        if (evidence.isSignature()) {
            return "signature";
        }
        return evidence.isProvenance()
                ? "provenance"
                : evidence.predicateType().isEmpty() ? "attestation" : "attestation " + evidence.predicateType();
    }

    /// What strangers have written may be long, or try to move the terminal.
    private static String told(String text) {
        return new Violation(Violation.Reason.NOT_VERIFIED, text).text();
    }
}
