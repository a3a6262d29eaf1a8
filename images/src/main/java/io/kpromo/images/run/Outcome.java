// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.Plan;
import io.kpromo.oci.OciException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a promotion came to.
///
/// @param plan what was decided
/// @param oversized contents that are larger than allowed; where there is one, nothing was written
/// @param results of the decisions that were carried out, successes included; empty in a dry run
/// @param confirmed whether writing was asked for
/// @param observing time spent asking
/// @param executing time spent writing
public record Outcome(
        Plan plan,
        List<Oversized> oversized,
        Map<Decision, Optional<OciException>> results,
        boolean confirmed,
        Duration observing,
        Duration executing) {
    /// A content over the limit.
    ///
    /// @param decision that would copy it
    /// @param bytes of its distinct blobs
    /// @param limit in bytes
    public record Oversized(Decision.Copy decision, long bytes, long limit) {}

    public Outcome {
        oversized = List.copyOf(oversized);
        results = Map.copyOf(results);
    }

    /// Whether something is not allowed, so that nothing was written.
    public boolean refused() {
        return !plan.refusals().isEmpty() || !oversized.isEmpty();
    }

    /// Whether something that should have worked did not.
    public boolean failed() {
        return results.values().stream().anyMatch(Optional::isPresent)
                || plan.all(Decision.Unreadable.class).findAny().isPresent();
    }
}
