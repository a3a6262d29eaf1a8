// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.Policies;
import io.kpromo.images.trust.StagingCheck;
import io.kpromo.oci.copy.SourceTrees;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.store.AttachmentReader;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// Puts together what looks at staging images before they are promoted.
///
/// @param signer whose signatures have to verify where there is no policy
record StagingOfRun(
        Signers signers,
        Signers.Opened signer,
        Policies policies,
        Session session,
        AttachmentReader attached,
        InstantSource clock) {
    /// Reads all that is attached there, and verifies it.
    EvidenceReader reader() {
        return new EvidenceReader(attached, signers.forStaging(signer, policies, session.transport(), clock));
    }

    Function<SourceTrees, Optional<StagingCheck>> check(int atOnce) {
        EvidenceReader reader = reader();
        return trees -> Optional.of(new StagingCheck(reader, signer.notary(), trees, policies, atOnce));
    }
}
