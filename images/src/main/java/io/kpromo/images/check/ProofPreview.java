// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.check;

import io.kpromo.images.plan.Plan;
import io.kpromo.images.proof.DesiredProofs;
import io.kpromo.images.proof.ProofObservation;
import io.kpromo.images.proof.ProofPlan;
import io.kpromo.images.proof.ProofReader;
import io.kpromo.oci.concurrent.Workers;

/// What a promotion would sign and record, without one who could sign.
public final class ProofPreview {
    private final ProofReader reader;

    public ProofPreview(ProofReader reader) {
        this.reader = reader;
    }

    /// Looks at the proof of everything that is wanted. Two requests for each content.
    ///
    /// @param contents what becomes of the contents themselves
    /// @param atOnce contents at the same time, 1 or more
    public ProofPlan plan(DesiredProofs desired, Plan contents, int atOnce) throws InterruptedException {
        ProofObservation seen = new ProofObservation();
        Workers.each(
                desired.all(),
                atOnce,
                wanted -> seen.saw(
                        wanted, reader.read(wanted.repository(), wanted.digest(), wanted.name(), wanted.pieces())));
        return ProofPlan.between(desired, seen, contents);
    }
}
