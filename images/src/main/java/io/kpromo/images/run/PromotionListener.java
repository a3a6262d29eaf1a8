// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import java.util.Optional;
import java.util.function.Supplier;

/// Hears how a promotion gets on, from many threads at once. Must neither throw nor wait.
public interface PromotionListener {
    /// What a promotion does, in this order.
    enum Phase {
        /// Asking destinations, and sources for what is missing; counted in questions.
        OBSERVE,
        /// Copying, tagging and signing; counted in edges and in contents to prove.
        EXECUTE
    }

    /// A phase begins.
    ///
    /// @param total of what it counts, as far as it is known
    default void begin(Phase phase, long total) {}

    /// More turned out to be needed.
    default void more(Phase phase, long count) {}

    default void advance(Phase phase, long count) {}

    /// All is decided, and nothing has been written yet.
    ///
    /// @param soFar what the promotion has come to, whenever it is asked for, also once it was told to stop
    default void planned(Supplier<Outcome> soFar) {}

    /// Work on one decision begins.
    default void started(Decision decision) {}

    /// Work on one decision ended.
    ///
    /// @param failure empty when it was carried out
    default void finished(Decision decision, Optional<OciException> failure) {}

    /// Work on the proof of one content begins.
    default void proving(Prove decision) {}

    /// Work on the proof of one content ended.
    ///
    /// @param failure empty when it is complete
    default void proven(Prove decision, Optional<OciException> failure) {}

    default void read(Repository source, long bytes) {}

    default void sent(Repository into, long bytes) {}

    default void mounted(Repository into, long bytes) {}

    static PromotionListener silent() {
        return new PromotionListener() {};
    }
}
