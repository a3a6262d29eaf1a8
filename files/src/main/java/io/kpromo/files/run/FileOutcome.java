// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.plan.FilePlan;
import io.kpromo.oci.OciException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of a promotion of files.
///
/// @param results of the copies that were tried; empty values for those that are there
/// @param confirmed whether writing was asked for
/// @param observing time it took until all was planned
/// @param executing time the copies took
public record FileOutcome(
        FilePlan plan,
        Map<FileEdge, Optional<OciException>> results,
        boolean confirmed,
        Duration observing,
        Duration executing) {
    public FileOutcome {
        results = Map.copyOf(results);
    }

    /// Of a run that decided nothing, because it was told to stop before.
    public static FileOutcome undecided(boolean confirmed, Duration observing) {
        return new FileOutcome(new FilePlan(List.of()), Map.of(), confirmed, observing, Duration.ZERO);
    }

    /// Whether a file differs that may not be replaced.
    public boolean refused() {
        return plan.count(FileDecision.Refused.class) > 0;
    }

    /// Whether something could not be read or written.
    public boolean failed() {
        return plan.count(FileDecision.Unreadable.class) > 0
                || results.values().stream().anyMatch(Optional::isPresent);
    }

    /// Whether there is anything to write, or was.
    public boolean writes() {
        return plan.count(FileDecision.Copy.class) > 0;
    }
}
