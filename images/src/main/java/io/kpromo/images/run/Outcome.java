// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.Plan;
import io.kpromo.images.proof.ProofDecision;
import io.kpromo.images.proof.ProofPlan;
import io.kpromo.images.trust.StagingReport;
import io.kpromo.oci.OciException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a promotion came to.
///
/// @param plan what was decided
/// @param staging whether what lies in staging may be promoted; what may not was left alone
/// @param stopped whether nothing was written because of that
/// @param oversized contents that are larger than allowed; where there is one, nothing was written
/// @param results of the decisions that were carried out, successes included; empty in a dry run
/// @param proofs what became of signatures and records
/// @param confirmed whether writing was asked for
/// @param observing time spent asking
/// @param executing time spent writing
public record Outcome(
        Plan plan,
        StagingReport staging,
        boolean stopped,
        List<Oversized> oversized,
        Map<Decision, Optional<OciException>> results,
        Proofs proofs,
        boolean confirmed,
        Duration observing,
        Duration executing) {
    /// A content over the limit.
    ///
    /// @param decision that would copy it
    /// @param bytes of its distinct blobs
    /// @param limit in bytes
    public record Oversized(Decision.Copy decision, long bytes, long limit) {}

    /// What became of proof.
    ///
    /// @param plan what was decided
    /// @param results of what was carried out, successes included; empty in a dry run
    /// @param withoutTags whether signatures under tags were left out, because this identity cannot make them
    public record Proofs(ProofPlan plan, Map<ProofDecision, Optional<OciException>> results, boolean withoutTags) {
        public Proofs {
            results = Map.copyOf(results);
        }

        /// Signing is off.
        public static Proofs none() {
            return new Proofs(ProofPlan.none(), Map.of(), false);
        }

        boolean failed() {
            return results.values().stream().anyMatch(Optional::isPresent)
                    || plan.all(ProofDecision.Unreadable.class).findAny().isPresent();
        }
    }

    /// Of a run that decided nothing, because it was told to stop before.
    public static Outcome undecided(boolean confirmed, Duration observing) {
        return new Outcome(
                Plan.none(),
                StagingReport.none(),
                false,
                List.of(),
                Map.of(),
                Proofs.none(),
                confirmed,
                observing,
                Duration.ZERO);
    }

    public Outcome {
        oversized = List.copyOf(oversized);
        results = Map.copyOf(results);
    }

    /// Whether something is not allowed, so that nothing was written.
    public boolean refused() {
        return !plan.refusals().isEmpty() || !oversized.isEmpty() || stopped;
    }

    /// Whether some images were left alone because a rule says no to them.
    public boolean blocked() {
        return staging.refused();
    }

    /// Whether something that should have worked did not.
    public boolean failed() {
        return results.values().stream().anyMatch(Optional::isPresent)
                || plan.all(Decision.Unreadable.class).findAny().isPresent()
                || proofs.failed()
                || staging.unseen();
    }

    /// Whether carrying it out writes anything at all.
    public boolean writes() {
        return plan.writes() || proofs.plan().writes();
    }
}
