// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.proof.DesiredProofs;
import io.kpromo.images.proof.Notaries;
import io.kpromo.images.proof.ProofReader;
import io.kpromo.images.proof.Prover;
import io.kpromo.images.proof.Records;
import io.kpromo.images.run.Proofs;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.store.AttachmentReader;
import io.kpromo.trust.store.Attachments;
import java.time.InstantSource;
import java.util.List;

/// Puts together what signs in a run.
///
/// @param summaries who signs verification summaries
record ProofsOfRun(
        Root root,
        SigningFlags flags,
        Session session,
        InstantSource clock,
        Signers.Opened signer,
        Signers.Opened summaries) {
    /// @param staging what was read there before is not read again
    Proofs of(List<PromoterManifest> manifests, DesiredState desired, AttachmentReader staging) {
        Notaries notaries = new Notaries(signer.notary(), summaries.notary());
        BuildInfo build = BuildInfo.ours();
        Attachments attachments = session.attachments();
        Records records = new Records(
                new PromotionRecord.Promoter(build.version(), build.commit()),
                flags.ids(),
                root.console().environment(),
                clock);
        return new Proofs(
                DesiredProofs.of(manifests, desired, flags.wishes(signer.format())),
                new ProofReader(attachments, notaries),
                new Prover(
                        session.registries(),
                        attachments,
                        staging,
                        notaries,
                        records,
                        build.version(),
                        flags.operations()));
    }
}
