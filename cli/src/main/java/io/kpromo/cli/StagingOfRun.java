// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.trust.NotaryVerifier;
import io.kpromo.images.trust.StagingCheck;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.copy.SourceTrees;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.StoreLimits;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// Puts together what looks at staging images before they are promoted.
final class StagingOfRun {
    private StagingOfRun() {}

    /// @param notary whose signatures have to verify where there is no policy, and who verifies
    static Function<SourceTrees, Optional<StagingCheck>> check(
            Policies policies, Session session, Notary notary, InstantSource clock, int atOnce) {
        Attachments attachments = new Attachments(session.registries(), new BlobIndex(), StoreLimits.standard(), clock);
        EvidenceReader reader = new EvidenceReader(attachments, new NotaryVerifier(notary));
        return trees -> Optional.of(new StagingCheck(reader, notary, trees, policies, atOnce));
    }
}
