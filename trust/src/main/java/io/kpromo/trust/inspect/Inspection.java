// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.inspect;

import io.kpromo.oci.Digest;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.FoundEvidence;
import io.kpromo.trust.statement.Shown;
import io.kpromo.trust.store.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was found for an image, to be held against what is required.
///
/// @param digest of the image
public record Inspection(Digest digest, FoundEvidence found) {
    /// Reasons that are told; a hostile image may have thousands.
    private static final int MOST_TOLD = 10;

    /// One piece of evidence is enough, whatever else is there: everybody who may write to a repository can attach
    /// more.
    public Answer answer(Requirement requirement, Expectation expectation) {
        List<String> why = new ArrayList<>();
        for (Evidence evidence : found.all()) {
            if (requirement.mayBe(evidence)) {
                Optional<String> objection = expectation.objection(requirement, evidence, digest);
                if (objection.isEmpty()) {
                    return new Answer.Met(evidence);
                }
                why.add(named(requirement, evidence) + " (" + evidence.where() + ") " + objection.get());
            }
        }
        if (why.isEmpty()) {
            why.add(none(requirement, found.all()));
        }
        if (found.unseen().isEmpty()) {
            return new Answer.Missing(told(why));
        }
        List<String> unseen =
                new ArrayList<>(found.unseen().stream().map(Finding::toString).toList());
        unseen.addAll(why);
        return new Answer.Unknown(told(unseen));
    }

    private static String named(Requirement requirement, Evidence evidence) {
        return evidence.predicateType().isEmpty() ? "what can't be read" : "the " + requirement.words();
    }

    private static String none(Requirement requirement, List<Evidence> all) {
        String nothing = "no " + requirement.words() + " was found";
        return all.isEmpty()
                ? nothing
                : nothing + ", only " + all.size() + (all.size() == 1 ? " thing" : " things") + " of other kinds: "
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(evidence -> Shown.briefly(evidence.predicateType()))
                                        .distinct()
                                        .limit(MOST_TOLD)
                                        .toList());
    }

    private static List<String> told(List<String> why) {
        if (why.size() <= MOST_TOLD) {
            return why;
        }
        List<String> first = new ArrayList<>(why.subList(0, MOST_TOLD));
        first.add("and " + (why.size() - MOST_TOLD) + " more");
        return first;
    }
}
