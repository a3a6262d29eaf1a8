// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.run.FileOptions;
import io.kpromo.files.run.FileOutcome;
import io.kpromo.files.run.Precondition;
import io.kpromo.files.store.Scheme;
import io.kpromo.files.store.Stores;
import java.time.InstantSource;

/// Promotes files, and signs and records those that lie in registries then. Apart from commands, for with it rooms
/// are opened.
record SignedFiles(Root root, SigningFlags signing, Session session, Stores stores, InstantSource clock) {
    /// What became of the files and of their proof.
    record Done(FileOutcome outcome, ProofTold proofs) {}

    /// Without confirmation, finds out what that would take.
    ///
    /// @throws io.kpromo.trust.TrustException when nothing can be signed, or would not count; before anything is
    ///     copied
    /// @throws InterruptedException with a line that says what is done
    Done promote(FileOptions options, FilesSoFar soFar) throws InterruptedException {
        DesiredFiles desired = soFar.desired();
        WatchedFiles watched = new WatchedFiles(root, options);
        if (!signs(desired)) {
            return new Done(watched.promote(stores, soFar.tally(), desired, Precondition.none()), ProofTold.none());
        }
        try (Signers.Opened signer = signing.open(options.confirm(), session, clock)) {
            Precondition canSign = plan -> {
                if (plan.all(FileDecision.Copy.class).anyMatch(copy -> isInRegistry(copy.edge()))) {
                    signer.notary().ready();
                }
            };
            FileOutcome outcome = watched.promote(stores, soFar.tally(), desired, canSign);
            return new Done(
                    outcome, new FileProofs(root, signing, session, stores, clock, soFar::proves).of(outcome, signer));
        }
    }

    /// Only what lies in registries can be signed there.
    private boolean signs(DesiredFiles desired) {
        return signing.sign() && desired.edges().stream().anyMatch(SignedFiles::isInRegistry);
    }

    private static boolean isInRegistry(FileEdge edge) {
        return edge.destination().scheme() == Scheme.OCI;
    }
}
