// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.ReportModel;
import io.kpromo.cli.terminal.Progress;
import io.kpromo.cli.terminal.Tally;
import io.kpromo.images.manifest.Policies;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.run.ObserverOptions;
import io.kpromo.images.run.Outcome;
import io.kpromo.images.run.Promotion;
import io.kpromo.images.run.PromotionOptions;
import io.kpromo.images.run.Proofs;
import io.kpromo.oci.copy.CopyOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/// The flags of a promotion, and a promotion as these want it: run, shown while it runs, told when it is over.
final class PromotionFlags {
    private static final long MEBIBYTE = 1 << 20;

    private final Root root;
    private final SigningFlags signing;
    private final ReportFlags reports;
    private final StagingFlags staging = new StagingFlags();
    private final VulnerabilityFlags vulnerabilities = new VulnerabilityFlags();
    private final Clock clock = Clock.systemUTC();
    private boolean confirm;
    private int threads = 20;
    private int maxMebibytes;
    private String shardIndex = "";
    private int shardCount = 1;

    PromotionFlags(Root root) {
        this.root = root;
        this.signing = new SigningFlags(root);
        this.reports = new ReportFlags(root);
    }

    void describe(Flags flags) {
        flags.section("Promotion")
                .toggle(
                        "--confirm",
                        false,
                        "Write. Without it: a dry run, which ends before anything is written.",
                        on -> confirm = on)
                .number("--threads", "N", 20, "Images copied at the same time.", n -> threads = n)
                .number(
                        "--max-image-size",
                        "MIB",
                        0,
                        "Refuse larger images: config and layers, in MiB; 0 is no limit.",
                        n -> maxMebibytes = n)
                .number(
                        "--shard-count",
                        "N",
                        1,
                        "Do one part of N of the work; other machines do the others.",
                        n -> shardCount = n)
                .text(
                        "--shard-index",
                        "N",
                        "Which part, from 0. Default: the variable JOB_COMPLETION_INDEX.",
                        n -> shardIndex = n);
        reports.describe(flags);
    }

    /// Apart from the others, for help shows them further down.
    void describeSigning(Flags flags) {
        signing.describe(flags);
        staging.describe(flags);
        vulnerabilities.describe(flags);
    }

    /// @throws InterruptedException with a line that says what is done
    ExitCode run(ManifestFlags manifests, Access access) throws InterruptedException, IOException {
        check();
        int shard = shard();
        Instant started = clock.instant();
        ManifestFlags.Wanted wanted = manifests.read();
        DesiredState desired = wanted.desired().shard(shard, shardCount);
        root.interrupt().watch();
        try (Session session = access.open()) {
            Tally tally =
                    new Tally(System::nanoTime, () -> session.counts().total().requests());
            if (vulnerabilities.asked()) {
                PromotionOptions looking = PromotionOptions.standard()
                        .with(ObserverOptions.standard().withListing(access.listing()));
                Outcome outcome = shown(tally, () -> new Promotion(session.registries(), looking, tally).run(desired));
                try (Signers.Opened signer = signing.open(false, session, clock)) {
                    Policies policies = staging.policies(wanted.manifests().all());
                    return new VulnerabilityRun(root, session, vulnerabilities, reports.json())
                            .check(outcome, ofStaging(signer, policies, session));
                }
            }
            Supplier<ReportModel> halted = () ->
                    report(PromotionTold.halted(root, desired, tally, session.counts(), confirm), wanted, started);
            return reports.orHalted(halted, () -> {
                Outcome outcome = promote(wanted, desired, session, access, tally);
                PromotionTold told = new PromotionTold(root, desired, outcome, tally, session.counts());
                told.summary();
                reports.write(() -> report(told, wanted, started));
                return told.exitCode();
            });
        }
    }

    private Outcome promote(
            ManifestFlags.Wanted wanted, DesiredState desired, Session session, Access access, Tally tally)
            throws InterruptedException {
        PromotionOptions options = PromotionOptions.standard()
                .withConfirm(confirm)
                .withMaxImageBytes(maxMebibytes * MEBIBYTE)
                .withFailFast(staging.failFast())
                .with(ObserverOptions.standard().withListing(access.listing()))
                .with(CopyOptions.standard().withContents(threads));
        Policies policies = staging.policies(wanted.manifests().all());
        if (!signing.sign() && policies.isEmpty()) {
            return shown(tally, () -> new Promotion(session.registries(), options, tally).run(desired));
        }
        try (Signers.Opened signer = signing.open(confirm && signing.sign(), session, clock);
                Signers.Opened summaries = signing.openForSummaries(signer, session, clock)) {
            StagingOfRun staged = ofStaging(signer, policies, session);
            Promotion promotion =
                    new Promotion(session.registries(), options, tally, staged.check(signing.operations()));
            if (!signing.sign()) {
                return shown(tally, () -> promotion.run(desired));
            }
            Proofs proofs = new ProofsOfRun(root, signing, session, clock, signer, summaries)
                    .of(wanted.manifests().all(), desired, staged.attached());
            return shown(tally, () -> promotion.run(desired, proofs));
        }
    }

    private StagingOfRun ofStaging(Signers.Opened signer, Policies policies, Session session) {
        return new StagingOfRun(
                signing.signers(),
                signer,
                policies,
                session,
                session.attachments().remembering(),
                clock);
    }

    private interface Work {
        Outcome run() throws InterruptedException;
    }

    private Outcome shown(Tally tally, Work work) throws InterruptedException {
        try (Progress _ = Progress.of(tally, root.display())) {
            return work.run();
        } catch (InterruptedException stopped) {
            throw PromotionTold.interrupted(stopped, tally);
        }
    }

    private ReportModel report(PromotionTold told, ManifestFlags.Wanted wanted, Instant started) {
        return new ReportOfPromotion(told, wanted, root.words(), started, clock.instant()).model();
    }

    private void check() {
        vulnerabilities.check();
        signing.check();
        reports.check();
        if (threads < 1) {
            throw new UsageException("--threads is 1 or more; got " + threads);
        }
        if (maxMebibytes < 0) {
            throw new UsageException("--max-image-size is in MiB, 0 or more; got " + maxMebibytes);
        }
        if (shardCount < 1) {
            throw new UsageException("--shard-count is 1 or more; got " + shardCount);
        }
    }

    private int shard() {
        if (shardIndex.isEmpty() && shardCount == 1) {
            return 0;
        }
        String index = shardIndex.isEmpty()
                ? root.console()
                        .variable("JOB_COMPLETION_INDEX")
                        .orElseThrow(() -> new UsageException("--shard-count without --shard-index, and"
                                + " JOB_COMPLETION_INDEX is not set; give the index"))
                : shardIndex;
        if (!index.matches("[0-9]{1,9}") || Integer.parseInt(index) >= shardCount) {
            throw new UsageException("shard " + index + " of " + shardCount + ": the index is from 0 to "
                    + (shardCount - 1) + "; set --shard-index and --shard-count");
        }
        return Integer.parseInt(index);
    }
}
