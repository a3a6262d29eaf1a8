// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.FileTally;
import io.kpromo.cli.terminal.Progress;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.run.FileOptions;
import io.kpromo.files.run.FileOutcome;
import io.kpromo.files.run.FilePromotion;
import io.kpromo.files.run.Precondition;
import io.kpromo.files.store.Scheme;
import io.kpromo.files.store.Stores;
import java.time.InstantSource;

/// Promotes files while somebody watches, and signs and records those that lie in registries then. Apart from
/// commands, for with it rooms are opened.
record SignedFiles(Root root, SigningFlags signing, Session session, Stores stores, InstantSource clock) {
    /// What became of the files and of their proof.
    record Done(FileOutcome outcome, ProofTold proofs) {}

    /// Without confirmation, finds out what that would take.
    ///
    /// @throws io.kpromo.trust.TrustException when nothing can be signed, or would not count; before anything is
    ///     copied
    /// @throws InterruptedException with a line that says what is done
    Done promote(FileOptions options, FilesSoFar soFar) throws InterruptedException {
        FilePromotion promotion = new FilePromotion(stores, fitting(options), soFar.tally());
        DesiredFiles desired = soFar.desired();
        if (!signs(desired)) {
            return watched(soFar.tally(), () -> new Done(promotion.run(desired), ProofTold.none()));
        }
        // A password is asked for before there is progress to show.
        try (Signers.Opened signer = signing.open(options.confirm(), session, clock)) {
            Precondition canSign = plan -> {
                if (plan.all(FileDecision.Copy.class).anyMatch(copy -> isInRegistry(copy.edge()))) {
                    signer.notary().ready();
                }
            };
            FileProofs proofs = new FileProofs(root, signing, session, stores, clock, soFar);
            return watched(soFar.tally(), () -> {
                ProofTold proven = proofs.of(promotion.run(desired, canSign), signer);
                // As it is now: the time that signing took counts.
                return new Done(soFar.tally().soFar().orElseThrow(), proven);
            });
        }
    }

    private FileOptions fitting(FileOptions options) {
        FileOptions fitting = options.within(Runtime.getRuntime().maxMemory());
        if (fitting.threads() < options.threads()) {
            root.log()
                    .warn("no more than " + fitting.threads() + " files are copied at the same time, not "
                            + options.threads() + ": that is what the memory is enough for; give more with"
                            + " KPROMO_JAVA_OPTS=-Xmx2g");
        }
        return fitting;
    }

    @FunctionalInterface
    private interface Work {
        Done run() throws InterruptedException;
    }

    private Done watched(FileTally tally, Work work) throws InterruptedException {
        try (Progress _ = Progress.of(tally.tally(), root.display())) {
            return work.run();
        } catch (InterruptedException stopped) {
            throw PromotionTold.interrupted(stopped, tally.tally());
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
