// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.trust.NotaryVerifier;
import io.kpromo.images.trust.StagingCheck;
import io.kpromo.oci.copy.SourceTrees;
import io.kpromo.trust.policy.EvidenceReader;
import java.util.Optional;
import java.util.function.Function;

/// Puts together what looks at staging images before they are promoted.
final class StagingOfRun {
    private StagingOfRun() {}

    /// @param notary whose signatures have to verify where there is no policy, and who verifies
    static Function<SourceTrees, Optional<StagingCheck>> check(
            Policies policies, Session session, Notary notary, int atOnce) {
        EvidenceReader reader = new EvidenceReader(session.attachments(), new NotaryVerifier(notary));
        return trees -> Optional.of(new StagingCheck(reader, notary, trees, policies, atOnce));
    }
}
