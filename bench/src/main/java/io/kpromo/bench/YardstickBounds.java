// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.util.ArrayList;
import java.util.List;

/// What the project promises of the yardstick.
final class YardstickBounds {
    private static final double OVER_THE_LEAST = 1.15;
    /// From here on waiting counts and not the processor: see `docs/benchmarks.md`.
    private static final long WAITING_MILLIS = 100;

    private YardstickBounds() {}

    static List<Bound> of(Promotion promotion, Promotion rerun, List<Promotion> others, long least) {
        List<Bound> bounds = new ArrayList<>();
        String at = " at " + promotion.delayMillis() + " ms";
        bounds.add(new Bound(
                "edges not right" + at,
                promotion.complete() ? 0 : promotion.edges() - promotion.edgesInPlace(),
                0,
                ""));
        bounds.add(new Bound("requests" + at, promotion.requests(), OVER_THE_LEAST * least, ""));
        bounds.add(new Bound("source bytes over the distinct ones" + at, promotion.sourceReads(), 1.004, "times"));
        bounds.add(new Bound("requests of a rerun" + at, rerun.requests(), promotion.edges(), ""));
        double share = promotion.delayMillis() >= WAITING_MILLIS ? 1 / 3.0 : 1 / 2.0;
        for (Promotion other : others) {
            if (!other.program().equals("skopeo")) {
                bounds.add(new Bound(
                        "wall time over " + other.program() + "'s" + at,
                        promotion.wallSeconds() / other.wallSeconds(),
                        share,
                        "times"));
            }
        }
        return bounds;
    }
}
