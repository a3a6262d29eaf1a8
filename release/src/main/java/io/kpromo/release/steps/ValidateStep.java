// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.release.config.Canary;
import java.util.ArrayList;
import java.util.List;

/// Shows that this very build promotes: canary manifests into registries that nobody uses, signed, and verified as
/// those who pull them would.
final class ValidateStep implements Step {
    private static final int SHOWN = 3;

    private final List<Canary> canaries;
    private final Means.Canaries work;

    ValidateStep(List<Canary> canaries, Means.Canaries work) {
        this.canaries = canaries;
        this.work = work;
    }

    @Override
    public String id() {
        return "validate";
    }

    @Override
    public String title() {
        return "Validation";
    }

    @Override
    public List<String> boxes() {
        return List.of("Validation", "Validate");
    }

    @Override
    public Standing look() throws InterruptedException {
        if (canaries.isEmpty()) {
            return new Standing.Left("release.yaml names no canaries");
        }
        List<String> would = new ArrayList<>();
        for (Canary canary : canaries) {
            List<String> unverified = work.unverified(canary);
            if (!unverified.isEmpty()) {
                would.add("promote " + canary.manifest() + " with this build, for " + brief(unverified));
            }
        }
        return would.isEmpty() ? new Standing.Done(done()) : new Standing.Ready(would);
    }

    @Override
    public Standing perform() throws InterruptedException {
        for (Canary canary : canaries) {
            if (!work.unverified(canary).isEmpty()) {
                work.promote(canary);
                List<String> still = work.unverified(canary);
                if (!still.isEmpty()) {
                    return new Standing.Blocked(
                            canary.manifest() + " was promoted by this build, and does not verify: " + brief(still),
                            "do not release it; see what kpromo verify says");
                }
            }
        }
        return canaries.isEmpty() ? look() : new Standing.Done(done());
    }

    private String done() {
        return canaries.size() == 1
                ? "the canaries of " + canaries.getFirst().manifest() + " verify"
                : "all " + canaries.size() + " canary manifests verify";
    }

    private static String brief(List<String> images) {
        String more = images.size() > SHOWN ? " and " + (images.size() - SHOWN) + " more" : "";
        return String.join(", ", images.subList(0, Math.min(SHOWN, images.size()))) + more;
    }
}
